package dev.troupe.seed.adoption;

import java.io.IOException;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Owns the writing of the state file: in order, one at a time. Runs on a blocking dispatcher. */
public final class StateWriter {
  private StateWriter() {}

  /**
   * Writes each state it receives.
   *
   * @param file is replaced as a whole by each write
   */
  public static Behavior<SavedState> create(StateFile file) {
    // A restart loses nothing: each message contains the whole state.
    return Behaviors.supervise(writer(file))
        .onFailure(SupervisorStrategy.restart().withLimit(10, Duration.ofMinutes(1)));
  }

  private static Behavior<SavedState> writer(StateFile file) {
    return Behaviors.receive(
        (context, state) -> {
          try {
            file.write(state);
          } catch (IOException e) {
            context
                .getLog()
                .error(
                    "the state of the slots could not be saved, the next seed node will have"
                        + " to search for its processes: {}",
                    e.toString());
          }
          return Behaviors.same();
        });
  }
}
