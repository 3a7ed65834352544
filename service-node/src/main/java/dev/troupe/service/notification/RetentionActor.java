package dev.troupe.service.notification;

import dev.troupe.protocol.service.Storage;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the deletion of old notifications: a batch at a time, by the writer of the store. */
final class RetentionActor extends AbstractBehavior<RetentionActor.Command> {
  private static final Logger log = LoggerFactory.getLogger(RetentionActor.class);
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(100);

  sealed interface Command {}

  private enum Look implements Command {
    INSTANCE
  }

  private record Pruned(int count) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  private final TimerScheduler<Command> timers;
  private final Storage storage;
  private final Retention retention;

  static Behavior<Command> create(Storage storage, Retention retention) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new RetentionActor(context, timers, storage, retention)));
  }

  private RetentionActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Storage storage,
      Retention retention) {
    super(context);
    this.timers = timers;
    this.storage = storage;
    this.retention = retention;
    timers.startSingleTimer(Look.INSTANCE, retention.look());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Look.INSTANCE, this::onLook)
        .onMessage(Pruned.class, this::onPruned)
        .onMessage(Failed.class, this::onFailed)
        .build();
  }

  private Behavior<Command> onLook() {
    getContext()
        .pipeToSelf(
            storage.write(sql -> retention.prune(sql, Instant.now())),
            (count, failure) -> failure == null ? new Pruned(count) : new Failed(failure));
    return this;
  }

  private Behavior<Command> onPruned(Pruned pruned) {
    boolean more = pruned.count() >= Retention.BATCH;
    timers.startSingleTimer(Look.INSTANCE, more ? BETWEEN_BATCHES : retention.look());
    return this;
  }

  private Behavior<Command> onFailed(Failed failed) {
    log.warn("old notifications were not deleted, trying again: {}", failed.cause().toString());
    timers.startSingleTimer(Look.INSTANCE, retention.look());
    return this;
  }
}
