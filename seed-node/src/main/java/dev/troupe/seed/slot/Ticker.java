package dev.troupe.seed.slot;

import java.time.Duration;

/**
 * Monotonic time, which no change of the clock moves. Only the difference of two readings means
 * anything.
 */
@FunctionalInterface
public interface Ticker {
  Duration now();

  /** The time since this was called. */
  static Ticker system() {
    long origin = System.nanoTime();
    return () -> Duration.ofNanos(System.nanoTime() - origin);
  }
}
