package dev.troupe.node.health;

import dev.troupe.node.failure.Failures;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Owns the readiness checks of this node, and tells each result to the heartbeat publisher. */
public final class ReadinessMonitor extends AbstractBehavior<ReadinessMonitor.Command> {
  /** All messages are private. The first check begins when the monitor is spawned. */
  public sealed interface Command {}

  private record Checked(@Nullable Throwable failure) implements Command {}

  private enum CheckAgain implements Command {
    INSTANCE
  }

  private final TimerScheduler<Command> timers;
  private final String slot;
  private final ReadinessCheck check;
  private final ReadinessProbe probe;
  private final Duration interval;
  private final ActorRef<HeartbeatPublisher.Command> publisher;
  private boolean checked;
  private @Nullable String lastFailure;

  private ReadinessMonitor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String slot,
      ReadinessCheck check,
      ReadinessProbe probe,
      Duration interval,
      ActorRef<HeartbeatPublisher.Command> publisher) {
    super(context);
    this.timers = timers;
    this.slot = slot;
    this.check = check;
    this.probe = probe;
    this.interval = interval;
    this.publisher = publisher;
    runCheck();
  }

  /**
   * @param interval from the end of a check to the next
   * @param timeout of a check; a check that takes longer counts as failed
   */
  public static Behavior<Command> create(
      String slot,
      ReadinessCheck check,
      Duration interval,
      Duration timeout,
      ActorRef<HeartbeatPublisher.Command> publisher) {
    return Behaviors.setup(
        context -> {
          // Otherwise Pekko would log under the name of one of its own classes.
          context.setLoggerName(ReadinessMonitor.class);
          return Behaviors.withTimers(
              timers ->
                  new ReadinessMonitor(
                      context,
                      timers,
                      slot,
                      check,
                      new ReadinessProbe(ownThread(), timeout),
                      interval,
                      publisher));
        });
  }

  // No other work shares the thread, so a healthy node cannot look unhealthy because other work
  // blocks.
  private static Executor ownThread() {
    return Executors.newSingleThreadExecutor(
        check -> {
          Thread thread = new Thread(check, "readiness-check");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(CheckAgain.class, again -> onCheckAgain())
        .onMessage(Checked.class, this::onChecked)
        .build();
  }

  private Behavior<Command> onCheckAgain() {
    runCheck();
    return this;
  }

  private void runCheck() {
    getContext().pipeToSelf(probe.check(check), (nothing, failure) -> new Checked(failure));
  }

  private Behavior<Command> onChecked(Checked result) {
    Throwable cause = result.failure() == null ? null : Failures.rootOf(result.failure());
    HeartbeatPublisher.Say say = HeartbeatPublisher.Say.afterCheck(cause);
    log(say.reason());
    if (cause instanceof ReadinessProbe.DeadlockException) {
      // No further check is made: the supervisor notices that heartbeats are missing, and replaces
      // this process.
      publisher.tell(new HeartbeatPublisher.FallSilent(say.reason()));
      return Behaviors.ignore();
    }
    // A node registers even if its first check fails: the supervisor does not relaunch a node that
    // says what it waits for.
    publisher.tell(say);
    timers.startSingleTimer(CheckAgain.INSTANCE, interval);
    return this;
  }

  private void log(@Nullable String failure) {
    if (failure == null && (!checked || lastFailure != null)) {
      getContext().getLog().info("[{}] ready", slot);
    } else if (failure != null && !failure.equals(lastFailure)) {
      getContext().getLog().warn("[{}] not ready: {}", slot, failure);
    }
    checked = true;
    lastFailure = failure;
  }
}
