package dev.troupe.service.outbox;

import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.notification.NotificationService;
import dev.troupe.service.notification.NotificationService.EnqueueNotifications;
import dev.troupe.service.notification.NotificationService.NotificationsEnqueued;
import dev.troupe.service.outbox.OutboxTable.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the round from one instance's outbox to NotificationService: read some, send them, delete
 * them once they are acknowledged. One round at a time. What dies in between is sent again, and
 * stored once by its source.
 */
final class OutboxRelay extends AbstractBehavior<OutboxRelay.Command> {
  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  // An entry has about 1000 bytes at most, so a batch is well below the limit of a message.
  private static final int BATCH = 250;
  private static final Duration GATHER = Duration.ofMillis(50);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  sealed interface Command {}

  /** Rows may have been added. */
  enum Wake implements Command {
    INSTANCE
  }

  private enum Begin implements Command {
    INSTANCE
  }

  private record Read(List<Entry> entries) implements Command {}

  private record Answered(List<Entry> entries, Outcome<NotificationsEnqueued> outcome)
      implements Command {}

  private record Removed(int count) implements Command {}

  private record Failed(String step, Throwable cause) implements Command {}

  private final TimerScheduler<Command> timers;
  private final ServiceContext service;
  private final Storage storage;
  private final OutboxTable table;
  private final AtomicBoolean added;
  private boolean busy;
  private boolean failing;

  /**
   * @param added since the relay last began to read; it is woken for the first only
   */
  static Behavior<Command> create(
      ServiceContext service, Storage storage, OutboxTable table, AtomicBoolean added) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new OutboxRelay(context, timers, service, storage, table, added)));
  }

  private OutboxRelay(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ServiceContext service,
      Storage storage,
      OutboxTable table,
      AtomicBoolean added) {
    super(context);
    this.timers = timers;
    this.service = service;
    this.storage = storage;
    this.table = table;
    this.added = added;
    timers.startTimerWithFixedDelay(Wake.INSTANCE, Duration.ZERO, LOOK);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Wake.INSTANCE, this::onWake)
        .onMessageEquals(Begin.INSTANCE, this::read)
        .onMessage(Read.class, this::onRead)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(Removed.class, this::onRemoved)
        .onMessage(Failed.class, this::onFailed)
        .build();
  }

  private Behavior<Command> onWake() {
    if (busy) {
      return this;
    }
    busy = true;
    // Rows that are added meanwhile go into the same message.
    timers.startSingleTimer(Begin.INSTANCE, GATHER);
    return this;
  }

  private Behavior<Command> read() {
    added.set(false);
    getContext()
        .pipeToSelf(
            storage.read(sql -> table.next(sql, BATCH, Instant.now())),
            (entries, failure) ->
                failure == null ? new Read(entries) : new Failed("read the outbox", failure));
    return this;
  }

  private Behavior<Command> onRead(Read read) {
    List<Entry> entries = read.entries();
    if (entries.isEmpty()) {
      return rest();
    }
    getContext()
        .pipeToSelf(
            service
                .call(
                    NotificationService.NAME,
                    NotificationService.ENQUEUE,
                    new EnqueueNotifications(entries.stream().map(Entry::notification).toList()),
                    CallContext.within(PATIENCE))
                .stage(),
            (outcome, failure) ->
                failure == null ? new Answered(entries, outcome) : new Failed("send", failure));
    return this;
  }

  private Behavior<Command> onAnswered(Answered answered) {
    if (answered.outcome() instanceof Outcome.Refused<NotificationsEnqueued> refused) {
      return pause(
          "%s does not take notifications: %s"
              .formatted(NotificationService.NAME, refused.message()));
    }
    getContext()
        .pipeToSelf(
            storage.write(sql -> table.remove(sql, answered.entries())),
            (count, failure) ->
                failure == null ? new Removed(count) : new Failed("empty the outbox", failure));
    return this;
  }

  private Behavior<Command> onRemoved(Removed removed) {
    if (failing) {
      failing = false;
      log.info("[{}] {} takes notifications again", service.slot(), NotificationService.NAME);
    }
    // After a full batch, more rows may be left.
    return removed.count() == BATCH ? read() : rest();
  }

  private Behavior<Command> onFailed(Failed failed) {
    return pause("could not %s: %s".formatted(failed.step(), failed.cause()));
  }

  // Nothing is lost: the rows stay in the outbox until the next round.
  private Behavior<Command> pause(String why) {
    if (!failing && !NodeShutdown.hasBegun(getContext().getSystem())) {
      failing = true;
      log.warn("[{}] notifications wait in the outbox: {}", service.slot(), why);
    }
    busy = false;
    return this;
  }

  private Behavior<Command> rest() {
    busy = false;
    return added.get() ? onWake() : this;
  }
}
