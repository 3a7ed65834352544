package dev.troupe.seed.history;

import dev.troupe.protocol.metrics.HistoryReport;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What some slots did together in some rows. Not thread-safe. */
final class LoadSum {
  // A figure of the history has no more.
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final double TICK_SECONDS = HistoryReport.TICK_MILLIS / 1e3;

  private final double[] figures = new double[SlotHistory.BUCKETS];
  private final boolean[] known = new boolean[SlotHistory.BUCKETS];
  private final double[] buckets = new double[Percentiles.BUCKETS];
  private int requestRows;

  /** Adds the processor and the memory of a slot, if anything is known of it in this row. */
  void addProcess(SlotHistory slot, HistoryRange range, long row) {
    for (int column = 0; column < SlotHistory.ERRORS; column++) {
      add(column, slot.get(range, row, column));
    }
  }

  /** Adds the requests of a slot, if anything is known of it in this row. */
  void addRequests(SlotHistory slot, HistoryRange range, long row) {
    if (slot.has(range, row)) {
      requestRows++;
      add(SlotHistory.ERRORS, slot.get(range, row, SlotHistory.ERRORS));
      slot.addBuckets(range, row, buckets);
    }
  }

  private void add(int column, float figure) {
    if (!Float.isNaN(figure)) {
      figures[column] += figure;
      known[column] = true;
    }
  }

  /** A figure of the processes. */
  @Nullable Double process(int column) {
    return known[column] ? rounded(figures[column]) : null;
  }

  /**
   * Requests in a second.
   *
   * @param rows that were added for each slot
   */
  @Nullable Double requestsPerSecond(int rows) {
    return requestRows == 0 ? null : rounded(Arrays.stream(buckets).sum() / TICK_SECONDS / rows);
  }

  /** As {@link #requestsPerSecond}, of those that failed. */
  @Nullable Double errorsPerSecond(int rows) {
    return requestRows == 0 ? null : rounded(figures[SlotHistory.ERRORS] / TICK_SECONDS / rows);
  }

  /** A percentile of the durations of the requests in seconds. */
  @Nullable Double percentile(double share) {
    double seconds = Percentiles.of(share, buckets);
    return Double.isNaN(seconds) ? null : rounded(seconds);
  }

  private static double rounded(double figure) {
    return new BigDecimal(figure).round(DIGITS).doubleValue();
  }
}
