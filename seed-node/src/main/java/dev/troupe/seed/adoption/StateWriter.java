package dev.troupe.seed.adoption;

import java.io.IOException;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Owns the writing of the state file: in order, one at a time. Runs on a blocking dispatcher. */
public final class StateWriter {
  private StateWriter() {}

  public static Behavior<SavedState> create(StateFile file) {
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
