package dev.troupe.node.start;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Owns the question whether this node has become a member of a cluster, and warns from time to time
 * as long as it has not. To be stopped when that does not matter any more.
 */
final class JoinWarning {
  enum Command {
    JOINED,
    STILL_OUTSIDE
  }

  /** A busy machine takes its time; the supervisor has a bound of its own. */
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
