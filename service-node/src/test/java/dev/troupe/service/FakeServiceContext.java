package dev.troupe.service;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.StorageSettings;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.nio.file.Path;
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
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;

/** A real store in a directory, and answers of other services as a test sets them. */
public final class FakeServiceContext implements ServiceContext, AutoCloseable {
  private final String slot;
  private final ActorSystem<?> system;
  private final Engine engine;
  private final Path directory;
  private final ExecutorService blocking = Executors.newFixedThreadPool(2);
  private final List<QueuedStorage> opened = new ArrayList<>();
  private final List<Made> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Function<Record, CompletionStage<Outcome<? extends Record>>>> services =
      new ConcurrentHashMap<>();
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

  public List<Record> calls(String service) {
    return calls.stream().filter(c -> c.service().equals(service)).map(Made::input).toList();
  }

  /** Starts {@code service} as a node would. */
  public ActorRef<ServiceRequest> start(ActorTestKit kit, Service service) throws Exception {
    return kit.spawn(service.define(this).behavior(blocking));
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
    return system.systemActorOf(behavior, name, Props.empty());
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
