package dev.troupe.cli.launch;

import org.jspecify.annotations.Nullable;

/** What can happen to a launcher from outside. */
sealed interface Event {
  record SeedEnded(SeedProcess seed, @Nullable Integer exitCode) implements Event {}

  /** Somebody wants the cluster stopped; with two interrupts, at once. */
  record StopAsked(String signal) implements Event {
    /** Whether it came from the keyboard of a terminal. */
    boolean isInterrupt() {
      return signal.equals("SIGINT");
    }
  }
}
