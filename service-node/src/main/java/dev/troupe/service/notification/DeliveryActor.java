package dev.troupe.service.notification;

import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.clock.WallClock;
import dev.troupe.service.notification.channel.Channel;
import dev.troupe.service.notification.channel.DeliveryResult;
import dev.troupe.service.notification.channel.OutgoingNotification;
import dev.troupe.service.text.VisibleCharacters;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the deliveries of one channel in one instance, in rounds: claim the notifications that are
 * due, deliver them, record the results. One round at a time.
 */
final class DeliveryActor extends AbstractBehavior<DeliveryActor.Command> {
  private static final Logger log = LoggerFactory.getLogger(DeliveryActor.class);

  sealed interface Command {}

  /** A notification may be due. */
  enum Wake implements Command {
    INSTANCE
  }

  private enum Begin implements Command {
    INSTANCE
  }

  private record Claimed(List<OutgoingNotification> deliveries) implements Command {}

  private record Attempted(List<DeliveryAttempt> attempts) implements Command {}

  private record Recorded(List<DeliveryAttempt> attempts, int dead) implements Command {}

  private record Failed(String step, Throwable cause) implements Command {}

  private final TimerScheduler<Command> timers;
  private final Storage storage;
  private final DeliveryQueue queue;
  private final String name;
  private final DeliveryPolicy policy;
  private final DeliveryThreads threads;
  private boolean busy;
  private boolean wokenMeanwhile;

  /**
   * @param name of the channel
   */
  static Behavior<Command> create(
      Storage storage, String slot, String name, Channel channel, DeliveryPolicy policy) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new DeliveryActor(context, timers, storage, slot, name, channel, policy)));
  }

  private DeliveryActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Storage storage,
      String slot,
      String name,
      Channel channel,
      DeliveryPolicy policy) {
    super(context);
    this.timers = timers;
    this.storage = storage;
    this.queue = new DeliveryQueue(slot, name, policy, WallClock.system());
    this.name = name;
    this.policy = policy;
    this.threads =
        new DeliveryThreads(name, channel, new DeliverySpans(name, Tracer.of(context.getSystem())));
    this.busy = true;
    timers.startTimerWithFixedDelay(Wake.INSTANCE, policy.look());
    context.pipeToSelf(
        storage.write(queue::takeOver),
        (count, failure) -> failure == null ? Begin.INSTANCE : new Failed("take over", failure));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Wake.INSTANCE, this::onWake)
        .onMessageEquals(Begin.INSTANCE, this::claim)
        .onMessage(Claimed.class, this::onClaimed)
        .onMessage(Attempted.class, this::onAttempted)
        .onMessage(Recorded.class, this::onRecorded)
        .onMessage(Failed.class, this::onFailed)
        .onSignal(PreRestart.class, signal -> onEnd())
        .onSignal(PostStop.class, signal -> onEnd())
        .build();
  }

  private Behavior<Command> onWake() {
    if (busy) {
      wokenMeanwhile = true;
      return this;
    }
    busy = true;
    // Notifications that arrive meanwhile share the commits of this round.
    timers.startSingleTimer(Begin.INSTANCE, policy.gather());
    return this;
  }

  private Behavior<Command> claim() {
    wokenMeanwhile = false;
    getContext()
        .pipeToSelf(
            storage.write(queue::claim),
            (claimed, failure) ->
                failure == null ? new Claimed(claimed) : new Failed("claim", failure));
    return this;
  }

  private Behavior<Command> onClaimed(Claimed claimed) {
    if (claimed.deliveries().isEmpty()) {
      return rest();
    }
    Deadline until = Deadline.after(policy.claim().dividedBy(2));
    getContext()
        .pipeToSelf(
            threads.attempt(claimed.deliveries(), until),
            (attempts, failure) ->
                failure == null ? new Attempted(attempts) : new Failed("deliver", failure));
    return this;
  }

  private Behavior<Command> onAttempted(Attempted attempted) {
    List<DeliveryAttempt> attempts = attempted.attempts();
    getContext()
        .pipeToSelf(
            storage.write(sql -> queue.record(sql, attempts)),
            (dead, failure) ->
                failure == null ? new Recorded(attempts, dead) : new Failed("record", failure));
    return this;
  }

  private Behavior<Command> onRecorded(Recorded recorded) {
    warnOfFailures(recorded);
    // After a full batch, more notifications may be due.
    return recorded.attempts().size() == policy.batch() ? claim() : rest();
  }

  // One line for each round: while a server is down, all deliveries fail for the same reason.
  private void warnOfFailures(Recorded recorded) {
    List<String> reasons =
        recorded.attempts().stream()
            .map(DeliveryAttempt::result)
            .flatMap(result -> DeliveryResult.reason(result).stream())
            .toList();
    if (!reasons.isEmpty()) {
      log.warn(
          "[{}] {} of {} notifications not delivered, {} of them dead: {}",
          name,
          reasons.size(),
          recorded.attempts().size(),
          recorded.dead(),
          VisibleCharacters.of(reasons.get(0)));
    }
  }

  private Behavior<Command> onFailed(Failed failed) {
    if (!NodeShutdown.hasBegun(getContext().getSystem())) {
      log.warn(
          "[{}] could not {}, trying again: {}", name, failed.step(), failed.cause().toString());
    }
    busy = false;
    return this;
  }

  private Behavior<Command> rest() {
    busy = false;
    return wokenMeanwhile ? onWake() : this;
  }

  private Behavior<Command> onEnd() {
    threads.close();
    return this;
  }
}
