package dev.troupe.node.start;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Owns the time for which this node waits to become a member of a cluster, and warns every 30 s.
 * The actor is to be stopped when the node leaves.
 */
final class JoinWarning {
  enum Command {
    JOINED,
    STILL_OUTSIDE
  }

  /** Long enough for a busy machine; the supervisor has a start timeout of its own. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  private JoinWarning() {}

  static Behavior<Command> create(String slot) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  context.setLoggerName(JoinWarning.class);
                  timers.startTimerWithFixedDelay(Command.STILL_OUTSIDE, INTERVAL);
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
                      .build();
                }));
  }
}
