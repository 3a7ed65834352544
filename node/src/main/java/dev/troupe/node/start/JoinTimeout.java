package dev.troupe.node.start;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Owns the time for which this node waits to become a member of a cluster: warns every 30 s, and
 * gives up at the end. The actor is to be stopped when the node leaves.
 *
 * <p>A supervisor stops a process that does not join in time. But a new seed node waits for the
 * processes it finds to let it into their cluster. When all members of that cluster have died while
 * a process joined it, the two would wait for each other for ever.
 */
final class JoinTimeout {
  enum Command {
    JOINED,
    STILL_OUTSIDE,
    TIME_OVER
  }

  /** Long enough for a busy machine. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  private JoinTimeout() {}

  /**
   * @param limit after which the node gives up; null if it waits for ever, as a seed node does
   * @param giveUp ends the node
   */
  static Behavior<Command> create(String slot, @Nullable Duration limit, Runnable giveUp) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  context.setLoggerName(JoinTimeout.class);
                  timers.startTimerWithFixedDelay(Command.STILL_OUTSIDE, INTERVAL);
                  if (limit != null) {
                    timers.startSingleTimer(Command.TIME_OVER, limit);
                  }
                  return Behaviors.receive(Command.class)
                      .onMessageEquals(Command.JOINED, Behaviors::stopped)
                      .onMessageEquals(
                          Command.STILL_OUTSIDE,
                          () -> {
                            context
                                .getLog()
                                .warn(
                                    "[{}] no cluster has let this node in for {} s: see that the"
                                        + " members it was told to join run, and can be reached"
                                        + " from here",
                                    slot,
                                    INTERVAL.toSeconds());
                            return Behaviors.same();
                          })
                      .onMessageEquals(
                          Command.TIME_OVER,
                          () -> {
                            giveUp.run();
                            return Behaviors.stopped();
                          })
                      .build();
                }));
  }
}
