package dev.troupe.service.queue;

import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the look at the queues of a service: every few seconds, one read for all of them. */
public final class QueueMonitorActor extends AbstractBehavior<QueueMonitorActor.Command> {
  private static final Logger log = LoggerFactory.getLogger(QueueMonitorActor.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  sealed interface Command {}

  private enum Look implements Command {
    INSTANCE
  }

  private record Measured(Map<WorkQueue, QueueLength> lengths) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  private final String slot;
  private final Storage storage;
  private final QueueMonitor monitor;
  private boolean busy;
  private boolean failing;

  /**
   * @param slot of this process
   * @param monitor gets what is measured, and nothing any more when the actor ends
   */
  public static Behavior<?> create(String slot, Storage storage, QueueMonitor monitor) {
    return Behaviors.<Command>setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Look.INSTANCE, Duration.ZERO, PAUSE);
                  return new QueueMonitorActor(context, slot, storage, monitor);
                }));
  }

  private QueueMonitorActor(
      ActorContext<Command> context, String slot, Storage storage, QueueMonitor monitor) {
    super(context);
    this.slot = slot;
    this.storage = storage;
    this.monitor = monitor;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Look.INSTANCE, this::onLook)
        .onMessage(Measured.class, this::onMeasured)
        .onMessage(Failed.class, this::onFailed)
        .onSignal(PreRestart.class, signal -> onEnd())
        .onSignal(PostStop.class, signal -> onEnd())
        .build();
  }

  private Behavior<Command> onLook() {
    if (busy) {
      return this;
    }
    busy = true;
    getContext()
        .pipeToSelf(
            storage.read(this::measure),
            (lengths, failure) -> failure == null ? new Measured(lengths) : new Failed(failure));
    return this;
  }

  private Map<WorkQueue, QueueLength> measure(Sql sql) throws SQLException {
    Map<WorkQueue, QueueLength> lengths = new HashMap<>();
    for (WorkQueue queue : monitor.queues()) {
      lengths.put(queue, queue.look().on(sql));
    }
    return lengths;
  }

  private Behavior<Command> onMeasured(Measured measured) {
    busy = false;
    failing = false;
    monitor.measured(measured.lengths(), Instant.now());
    return this;
  }

  // The metrics are missing until a look succeeds.
  private Behavior<Command> onFailed(Failed failed) {
    busy = false;
    if (!failing && !NodeShutdown.hasBegun(getContext().getSystem())) {
      failing = true;
      log.warn(
          "[{}] what waits in the store cannot be counted, trying again: {}",
          slot,
          failed.cause().toString());
    }
    return this;
  }

  private Behavior<Command> onEnd() {
    monitor.clear();
    return this;
  }
}
