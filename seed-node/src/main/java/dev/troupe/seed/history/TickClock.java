package dev.troupe.seed.history;

import dev.troupe.protocol.metrics.HistoryReport;
import java.util.concurrent.TimeUnit;

/**
 * Numbers the ticks of the history by the monotonic clock, and tells the time of day of each. When
 * the time of day is set, all ticks get other times, and nothing is lost. Not thread-safe.
 */
final class TickClock {
  /** The time of day may be corrected by so much without any effect. */
  static final long TOLERANCE_MILLIS = 2_000;

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(HistoryReport.TICK_MILLIS);

  private long originMillis;
  private final long originNanos;

  /**
   * @param originMillis the time of day at which tick 0 began
   * @param wallMillis the time of day now
   * @param nanos now, like {@link System#nanoTime()}
   */
  TickClock(long originMillis, long wallMillis, long nanos) {
    this.originMillis = originMillis;
    this.originNanos = nanos - TimeUnit.MILLISECONDS.toNanos(wallMillis - originMillis);
  }

  /**
   * The clock that goes on where an earlier seed node has ended.
   *
   * @param newest the newest tick of that time
   */
  static TickClock after(long originMillis, long newest, long wallMillis, long nanos) {
    long endMillis = originMillis + newest * HistoryReport.TICK_MILLIS;
    // If the time of day was set back meanwhile, the newest tick is now.
    return new TickClock(originMillis - Math.max(0, endMillis - wallMillis), wallMillis, nanos);
  }

  /** Takes over a time of day that was set. */
  void adjust(long wallMillis, long nanos) {
    long expected = originMillis + TimeUnit.NANOSECONDS.toMillis(nanos - originNanos);
    if (Math.abs(wallMillis - expected) > TOLERANCE_MILLIS) {
      originMillis += wallMillis - expected;
    }
  }

  long originMillis() {
    return originMillis;
  }

  /** The tick of a moment. */
  long tick(long nanos) {
    return Math.floorDiv(nanos - originNanos, TICK_NANOS);
  }

  /** The tick of a moment, with what has passed of it. */
  double exactTick(long nanos) {
    return (nanos - originNanos) / (double) TICK_NANOS;
  }

  /** The time of day at which a tick began, in epoch milliseconds. */
  long millis(long tick) {
    return originMillis + tick * HistoryReport.TICK_MILLIS;
  }
}
