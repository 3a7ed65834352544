package dev.troupe.service.notification;

import dev.troupe.protocol.service.Storage;
import dev.troupe.service.notification.DeliveryQueue.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the round of delivery of one instance: claim what is due, deliver it, record what came of
 * it. One round at a time.
 */
final class DeliveryActor extends AbstractBehavior<DeliveryActor.Command> {
  private static final Logger log = LoggerFactory.getLogger(DeliveryActor.class);

  sealed interface Command {}

  /** Something may be due. */
  enum Wake implements Command {
    INSTANCE
  }

  private enum TakenOver implements Command {
    INSTANCE
  }

  private record Claimed(List<Notification> notifications) implements Command {}

  private record Attempted(List<Attempt> attempts) implements Command {}

  private record Recorded(int count) implements Command {}

  private record Failed(String step, Throwable cause) implements Command {}

  private final Storage storage;
  private final DeliveryQueue queue;
  private final Channel channel;
  private final DeliveryPolicy policy;
  private final Executor blocking;
  private boolean busy;
  private boolean wokenMeanwhile;

  static Behavior<Command> create(
      Storage storage, String slot, Channel channel, DeliveryPolicy policy, Executor blocking) {
    DeliveryQueue queue = new DeliveryQueue(slot, policy);
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Wake.INSTANCE, policy.look());
                  return new DeliveryActor(context, storage, queue, channel, policy, blocking);
                }));
  }

  private DeliveryActor(
      ActorContext<Command> context,
      Storage storage,
      DeliveryQueue queue,
      Channel channel,
      DeliveryPolicy policy,
      Executor blocking) {
    super(context);
    this.storage = storage;
    this.queue = queue;
    this.channel = channel;
    this.policy = policy;
    this.blocking = blocking;
    this.busy = true;
    context.pipeToSelf(
        storage.write(connection -> queue.takeOver(connection, Instant.now())),
        (count, failure) ->
            failure == null ? TakenOver.INSTANCE : new Failed("take over", failure));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wake.class, wake -> onWake())
        .onMessage(TakenOver.class, takenOver -> claim())
        .onMessage(Claimed.class, this::onClaimed)
        .onMessage(Attempted.class, this::onAttempted)
        .onMessage(Recorded.class, this::onRecorded)
        .onMessage(Failed.class, this::onFailed)
        .build();
  }

  private Behavior<Command> onWake() {
    if (busy) {
      wokenMeanwhile = true;
      return this;
    }
    return claim();
  }

  private Behavior<Command> claim() {
    busy = true;
    wokenMeanwhile = false;
    getContext()
        .pipeToSelf(
            storage.write(connection -> queue.claim(connection, Instant.now())),
            (claimed, failure) ->
                failure == null ? new Claimed(claimed) : new Failed("claim", failure));
    return this;
  }

  private Behavior<Command> onClaimed(Claimed claimed) {
    if (claimed.notifications().isEmpty()) {
      return rest();
    }
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> attempt(claimed.notifications()), blocking),
            (attempts, failure) ->
                failure == null ? new Attempted(attempts) : new Failed("deliver", failure));
    return this;
  }

  private List<Attempt> attempt(List<Notification> notifications) {
    List<Attempt> attempts = new ArrayList<>();
    for (Notification notification : notifications) {
      attempts.add(new Attempt(notification, failureOf(notification)));
    }
    return attempts;
  }

  private @Nullable String failureOf(Notification notification) {
    try {
      channel.deliver(notification);
      return null;
    } catch (Exception e) {
      return e.toString();
    }
  }

  private Behavior<Command> onAttempted(Attempted attempted) {
    for (Attempt attempt : attempted.attempts()) {
      if (attempt.failure() != null) {
        log.warn(
            "notification {} not delivered at attempt {}, now {}: {}",
            attempt.notification().id(),
            attempt.notification().attempts(),
            queue.stateAfter(attempt).text(),
            attempt.failure());
      }
    }
    getContext()
        .pipeToSelf(
            storage.write(
                connection -> queue.record(connection, attempted.attempts(), Instant.now())),
            (count, failure) ->
                failure == null ? new Recorded(count) : new Failed("record", failure));
    return this;
  }

  private Behavior<Command> onRecorded(Recorded recorded) {
    // A full batch may have left something behind.
    return recorded.count() == policy.batch() ? claim() : rest();
  }

  private Behavior<Command> onFailed(Failed failed) {
    log.warn(
        "deliveries: could not {}, trying again: {}", failed.step(), failed.cause().toString());
    busy = false;
    return this;
  }

  private Behavior<Command> rest() {
    busy = false;
    return wokenMeanwhile ? claim() : this;
  }
}
