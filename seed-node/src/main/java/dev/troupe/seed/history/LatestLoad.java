package dev.troupe.seed.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each slot did in the last half minute.
 *
 * @param slots by name, those that have told something in this time
 * @param total requests of all gateways
 */
public record LatestLoad(int seconds, Map<String, Load> slots, Load total) {
  /**
   * @param cpu processors that were in use
   * @param gc share of the time that garbage collections took
   * @param p95Seconds null if there was no request
   */
  public record Load(
      @Nullable Double cpu,
      @Nullable Double heapBytes,
      @Nullable Double residentBytes,
      @Nullable Double gc,
      @Nullable Double requestsPerSecond,
      @Nullable Double errorsPerSecond,
      @Nullable Double p50Seconds,
      @Nullable Double p95Seconds,
      @Nullable Double p99Seconds) {}
}
