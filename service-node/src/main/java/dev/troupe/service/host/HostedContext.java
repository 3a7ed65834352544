package dev.troupe.service.host;

import com.typesafe.config.Config;
import dev.troupe.node.call.OutboundCall;
import dev.troupe.node.failure.RestartOnFailure;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.call.Answer;
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
import dev.troupe.protocol.service.RequestScope;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.service.background.BackgroundWork;
import dev.troupe.service.queue.QueueMonitor;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.jspecify.annotations.Nullable;

/** The context of a service in its node. */
final class HostedContext implements ServiceContext {
  private static final Duration LAST_WORD = Duration.ofMillis(100);

  private final NodeContext node;
  private final ServiceSettings service;
  private final BlockingJobs jobs;
  private final BackgroundWork background;
  private volatile @Nullable QueuedStorage opened;

  HostedContext(NodeContext node, ServiceSettings service) {
    this.node = node;
    this.service = service;
    this.jobs = new BlockingJobs(node.identity().slot(), service.blocking());
    this.background = new BackgroundWork(this, node.settings().background());
  }

  @Override
  public String slot() {
    return node.identity().slot();
  }

  @Override
  public Config settings() {
    return service.settings();
  }

  @Override
  public ActorSystem<?> system() {
    return node.system();
  }

  @Override
  public Executor blocking() {
    return jobs;
  }

  @Override
  public <M> ActorRef<M> spawn(Behavior<M> behavior, String name) {
    return node.system()
        .systemActorOf(RestartOnFailure.afterPause(behavior), "service-" + name, Props.empty());
  }

  @Override
  public Storage storage(String migrations) throws Exception {
    if (opened != null) {
      throw new IllegalStateException(
          "%s opens a store twice (expected: one, with one folder of migrations)"
              .formatted(service.name()));
    }
    QueuedStorage storage =
        ServiceStorage.open(
            service.name(),
            node.settings().storage(),
            migrations,
            node.settings().run().resolve("tmp"));
    storage.recordTo(Tracer.of(node.system()));
    opened = storage;
    storage.addTo(node.metrics());
    CoordinatedShutdown.get(node.system())
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "close-storage",
            () ->
                CompletableFuture.supplyAsync(
                    () -> {
                      storage.close();
                      return Done.getInstance();
                    },
                    node.blocking()));
    return storage;
  }

  @Override
  public void publish(Sql sql, Record event) throws SQLException {
    background.publish(sql, event);
  }

  @Override
  public void every(String job, Duration interval, PeriodicJob work) {
    background.every(job, interval, work);
  }

  /** Adds to a definition what events and jobs need. */
  ServiceDefinition complete(ServiceDefinition definition) {
    return background.complete(definition, opened);
  }

  /** Begins to handle events, with {@code service}, and to run jobs. */
  void startBackground(ActorRef<ServiceRequest> service) {
    QueueMonitor queues = QueueMonitor.of(node.system());
    node.metrics().add(queues);
    background.start(opened, service, queues);
  }

  /** Lets another instance handle the events and run the jobs. */
  CompletableFuture<Void> releaseBackground() {
    return background.release();
  }

  /**
   * Checks the store of the service, if it has one. Blocks.
   *
   * @throws SQLException when the store cannot be used now
   * @throws IllegalStateException when the service may not use it now
   */
  void check() throws SQLException {
    QueuedStorage storage = opened;
    if (storage == null) {
      return;
    }
    storage.check();
    if (node.settings().storage().server() == null) {
      SingleHostCheck.check(service.name(), node.view().get());
    }
  }

  /** The reply that the store of the service, if it has one, holds for the request. */
  CompletionStage<Optional<Answer>> answered(ServiceRequest request) {
    QueuedStorage storage = opened;
    return storage == null
        ? CompletableFuture.completedStage(Optional.empty())
        : storage.answered(request);
  }

  @Override
  public <I extends Record, O extends Record> OutcomeStage<O> call(
      String called, Action<I, O> action, I input, CallContext caller) {
    if (action.isStreamed()) {
      throw new IllegalArgumentException(
          "%s %s answers a stream, which only the gateway can read (expected: an action with another output than %s)"
              .formatted(called, action.name(), action.output().getSimpleName()));
    }
    OutboundCall call =
        new OutboundCall(
            caller.requestId(),
            called,
            action.name(),
            action.idempotent(),
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.of(Json.write(input)),
            // A little earlier, so that the service can still say why it has no answer.
            caller.deadline().earlierBy(LAST_WORD),
            // The caller's key and conditions are those of the caller's own write, not of this one.
            null,
            null,
            caller.trace());
    // The continuation is code of the service, which must not run on the router's dispatcher.
    Executor continuation =
        work -> node.system().executionContext().execute(() -> RequestScope.of(caller).run(work));
    return OutcomeStage.of(
        node.calls()
            .call(call)
            .thenApplyAsync(reply -> outcome(called, action, reply), continuation));
  }

  private static <O extends Record> Outcome<O> outcome(
      String called, Action<?, O> action, ServiceReply reply) {
    if (!reply.status().isSuccess()) {
      String message = reply.message();
      return Outcome.refused(
          reply.status(), message == null ? called + " answered " + reply.status() : message);
    }
    try {
      return Outcome.done(action.output(reply));
    } catch (IOException e) {
      return Outcome.refused(
          ReplyStatus.FAILED,
          "%s %s answered something else than %s: %s"
              .formatted(called, action.name(), action.output().getName(), e.getMessage()));
    }
  }
}
