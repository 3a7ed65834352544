package dev.troupe.cli.launch;

import dev.troupe.cli.launch.SeedLauncher.SeedProcess;
import org.jspecify.annotations.Nullable;

/** What can happen to a launcher from outside its thread. */
sealed interface LauncherEvent {
  /**
   * @param exitCode null if nobody could see it
   */
  record SeedEnded(SeedProcess seed, @Nullable Integer exitCode) implements LauncherEvent {}

  /** Somebody wants the cluster to be stopped. After two interrupts it is killed. */
  record StopRequested(String signal) implements LauncherEvent {
    /** Whether the request came from the keyboard of a terminal. */
    boolean isInterrupt() {
      return signal.equals("SIGINT");
    }
  }
}
