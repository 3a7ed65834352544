package dev.troupe.seed.process;

import java.time.Duration;

/**
 * Decides when to look at the output of the slots again: soon if one of them prints so fast that it
 * would be past its bound by a later look.
 */
final class OutputPace {
  static final Duration SHORTEST = Duration.ofMillis(50);
  static final Duration LONGEST = Duration.ofSeconds(1);

  private OutputPace() {}

  /**
   * @param printed bytes of the fastest slot since the last look
   * @param since the last look; more than zero
   * @param bound of the output of one slot in bytes; more than zero
   */
  static Duration next(long printed, Duration since, long bound) {
    if (printed <= 0) {
      return LONGEST;
    }
    // A quarter of the bound per look, since a process may become faster at any time.
    double seconds = since.toNanos() / 1e9 * bound / 4 / printed;
    if (seconds >= LONGEST.toNanos() / 1e9) {
      return LONGEST;
    }
    Duration next = Duration.ofNanos((long) (seconds * 1e9));
    return next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
  }
}
