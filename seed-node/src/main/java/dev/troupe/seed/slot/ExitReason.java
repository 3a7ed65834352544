package dev.troupe.seed.slot;

import dev.troupe.seed.process.Exit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the process of a slot ended, or why no process was started. */
public sealed interface ExitReason {
  /** The exit code and the last output of the process. */
  Exit exit();

  /** The process ended without an order of its slot. */
  record Ended(Exit exit) implements ExitReason {}

  /**
   * The slot stopped the process.
   *
   * @param noDump why there is no thread dump, if the slot wanted one before the stop
   * @param killed whether the process ended only after KILL
   */
  record Stopped(StopReason why, @Nullable String noDump, boolean killed, Exit exit)
      implements ExitReason {}

  /** The operating system did not start the process. */
  record LaunchFailed(String cause) implements ExitReason {
    @Override
    public Exit exit() {
      return new Exit(null, List.of());
    }
  }
}
