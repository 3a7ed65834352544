package dev.troupe.seed.slot;

import dev.troupe.protocol.settings.HealthSettings;
import dev.troupe.protocol.settings.RestartSettings;
import dev.troupe.protocol.settings.StopSettings;
import java.time.Duration;

/**
 * What a slot is and how it is treated.
 *
 * @param service the service it hosts, or {@code gateway}
 */
public record SlotSpec(
    String slot,
    String service,
    RestartSettings restart,
    HealthSettings health,
    StopSettings stop,
    Duration startTimeout) {
  /** How long a process may take to be gone after KILL; then it counts as one that ignores it. */
  public static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

  /** How long a process may take to end after TERM when it was not told before. */
  Duration drainAndGrace() {
    return stop.drainTimeout().plus(stop.grace());
  }

  /** The longest time from the order to stop to the end of the process, KILL included. */
  public Duration longestStop() {
    return drainAndGrace().plus(KILL_TIMEOUT);
  }
}
