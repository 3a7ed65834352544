package dev.troupe.service;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.PeriodicJob;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.BackgroundSettings;
import dev.troupe.protocol.settings.StorageSettings;
import dev.troupe.service.background.BackgroundWork;
import dev.troupe.service.background.EventLog;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.queue.QueueMonitor;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** A real store in a directory, and answers of other services as a test sets them. */
public final class FakeServiceContext implements ServiceContext, AutoCloseable {
  private static final BackgroundSettings BACKGROUND =
      new BackgroundSettings(
          Duration.ofSeconds(1),
          Duration.ofMillis(20),
          64,
          Duration.ofSeconds(30),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          64 << 10,
          Duration.ofDays(1));

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final AtomicInteger LAST_ACTOR = new AtomicInteger();

  private final String slot;
  private final ActorSystem<?> system;
  private final Engine engine;
  private final Path directory;
  private final ExecutorService blocking = Executors.newFixedThreadPool(2);
  private final List<QueuedStorage> opened = new ArrayList<>();
  private final List<Made> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Function<Record, CompletionStage<Outcome<? extends Record>>>> services =
      new ConcurrentHashMap<>();
  private final BackgroundWork background = new BackgroundWork(this, BACKGROUND);
  private Config settings = ConfigFactory.empty();
  private volatile Outcome<? extends Record> answer =
      Outcome.refused(ReplyStatus.UNAVAILABLE, "nobody there");

  public FakeServiceContext(String slot, ActorSystem<?> system, Path directory) {
    this(slot, system, Engine.SQLITE, directory);
  }

  public FakeServiceContext(String slot, ActorSystem<?> system, Engine engine, Path directory) {
    this.slot = slot;
    this.engine = engine;
    this.system = system;
    this.directory = directory;
  }

  public void settings(String hocon) {
    settings = ConfigFactory.parseString(hocon);
  }

  private record Made(String service, Record input) {}

  public void answerCallsWith(Outcome<? extends Record> answer) {
    this.answer = answer;
  }

  /** Answers calls to one service otherwise than the rest. */
  public void answerCallsTo(
      String service, Function<Record, CompletionStage<Outcome<? extends Record>>> answers) {
    services.put(service, answers);
  }

  /** Lets {@code publisher} answer who asks for the events of {@code source}. */
  public void answerEventsOf(String source, ActorRef<ServiceRequest> publisher) {
    answerCallsTo(
        source,
        read ->
            AskPattern.<ServiceRequest, ServiceReply>ask(
                    publisher,
                    replyTo ->
                        new ServiceRequest(
                            1,
                            "r1",
                            EventLog.READ.name(),
                            Map.of(),
                            QueryParameters.NONE,
                            JsonBytes.of(Json.write(read)),
                            Deadline.after(PATIENCE),
                            null,
                            null,
                            null,
                            replyTo),
                    PATIENCE,
                    system.scheduler())
                .thenApply(FakeServiceContext::page));
  }

  private static Outcome<EventLog.EventPage> page(ServiceReply reply) {
    try {
      return Outcome.done(EventLog.READ.output(reply));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Record> calls(String service) {
    return calls.stream().filter(c -> c.service().equals(service)).map(Made::input).toList();
  }

  /** Starts {@code service} as a node would. */
  public ActorRef<ServiceRequest> start(ActorTestKit kit, Service service) throws Exception {
    ServiceDefinition definition = service.define(this);
    QueuedStorage storage = opened.isEmpty() ? null : opened.get(0);
    ActorRef<ServiceRequest> actor =
        kit.spawn(background.complete(definition, storage).behavior(blocking));
    background.start(storage, actor, QueueMonitor.of(kit.system()));
    return actor;
  }

  @Override
  public String slot() {
    return slot;
  }

  @Override
  public Config settings() {
    return settings;
  }

  @Override
  public ActorSystem<?> system() {
    return system;
  }

  @Override
  public <M> ActorRef<M> spawn(Behavior<M> behavior, String name) {
    return system.systemActorOf(
        behavior, "%s-%s-%d".formatted(slot, name, LAST_ACTOR.incrementAndGet()), Props.empty());
  }

  @Override
  public void publish(Sql sql, Record event) throws SQLException {
    background.publish(sql, event);
  }

  @Override
  public void every(String job, Duration interval, PeriodicJob work) {
    background.every(job, interval, work);
  }

  @Override
  public Executor blocking() {
    return blocking;
  }

  @Override
  public Storage storage(String migrations) throws Exception {
    String service = slot.substring(0, slot.indexOf('-'));
    Path temporary = directory.resolve("temporary");
    StorageSettings settings =
        engine.settings(
            directory,
            service,
            template -> ServiceStorage.open(service, template, migrations, temporary).close());
    QueuedStorage storage = ServiceStorage.open(service, settings, migrations, temporary);
    opened.add(storage);
    return storage;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <I extends Record, O extends Record> OutcomeStage<O> call(
      String service, Action<I, O> action, I input, CallContext caller) {
    calls.add(new Made(service, input));
    return OutcomeStage.of(
        services
            .getOrDefault(service, any -> CompletableFuture.completedStage(answer))
            .apply(input)
            .thenApply(outcome -> (Outcome<O>) outcome));
  }

  @Override
  public void close() {
    opened.forEach(QueuedStorage::close);
    blocking.shutdown();
  }
}
