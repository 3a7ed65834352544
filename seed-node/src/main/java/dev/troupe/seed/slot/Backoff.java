package dev.troupe.seed.slot;

import dev.troupe.protocol.settings.RestartSettings;
import java.time.Duration;

/** How long to wait before a relaunch: nothing at first, then twice as long each time. */
final class Backoff {
  private static final int MOST_DOUBLINGS = 20;

  private Backoff() {}

  /**
   * @param earlier relaunches in a row before this one
   * @param random from 0 to 1, spreads relaunches that would otherwise come at the same moment
   */
  static Duration before(int earlier, RestartSettings settings, double random) {
    if (earlier == 0) {
      return Duration.ZERO;
    }
    Duration doubled =
        settings.initialBackoff().multipliedBy(1L << Math.min(earlier - 1, MOST_DOUBLINGS));
    double spread = 1 + settings.jitter() * (2 * random - 1);
    Duration wait =
        Duration.ofMillis(Math.round(shorter(doubled, settings.maxBackoff()).toMillis() * spread));
    return shorter(wait, settings.maxBackoff());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
