package dev.troupe.cli.top;

import org.jspecify.annotations.Nullable;

/**
 * How a slot works now. What is not known is null.
 *
 * @param p95Seconds what 95 % of the requests did not exceed; null without requests
 * @param errorsPerSecond requests that failed by the fault of the server
 * @param cpu processors in use; 1 is a whole one
 * @param memoryBytes resident memory of the process
 */
record SlotFigures(
    @Nullable Double requestsPerSecond,
    @Nullable Double p95Seconds,
    @Nullable Double errorsPerSecond,
    @Nullable Long inFlight,
    @Nullable Double cpu,
    @Nullable Long memoryBytes) {
  private static final double SHARE = 0.95;

  /**
   * @param seconds between the two
   */
  static SlotFigures between(
      @Nullable SlotCounters before,
      @Nullable SlotCounters now,
      double seconds,
      @Nullable Long memoryBytes) {
    if (now == null) {
      return new SlotFigures(null, null, null, null, null, memoryBytes);
    }
    Double inFlightNow = now.inFlight();
    Long inFlight = inFlightNow == null ? null : Math.round(inFlightNow);
    // A process that was replaced counts from 0 again.
    if (before == null || !now.mayFollow(before) || seconds <= 0) {
      return new SlotFigures(null, null, null, inFlight, null, memoryBytes);
    }
    boolean measured = now.isMeasured();
    Double cpuNow = now.cpuSeconds();
    Double cpuBefore = before.cpuSeconds();
    return new SlotFigures(
        measured ? (now.requests() - before.requests()) / seconds : null,
        now.quantileSince(before, SHARE),
        measured ? (now.errors() - before.errors()) / seconds : null,
        inFlight,
        cpuNow == null || cpuBefore == null ? null : (cpuNow - cpuBefore) / seconds,
        memoryBytes);
  }
}
