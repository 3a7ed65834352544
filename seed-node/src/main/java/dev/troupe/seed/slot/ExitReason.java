package dev.troupe.seed.slot;

import dev.troupe.seed.process.Exit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a process of a slot ended, or why there never was one. */
public sealed interface ExitReason {
  /** What the operating system says of it. */
  Exit exit();

  /** It ended by itself. */
  record Ended(Exit exit) implements ExitReason {}

  /**
   * The slot stopped it.
   *
   * @param noDump why its threads were not dumped before, if they should have been
   * @param killed whether it needed KILL
   */
  record Stopped(StopReason why, @Nullable String noDump, boolean killed, Exit exit)
      implements ExitReason {}

  /** The operating system did not start it. */
  record LaunchFailed(String cause) implements ExitReason {
    @Override
    public Exit exit() {
      return new Exit(null, List.of());
    }
  }
}
