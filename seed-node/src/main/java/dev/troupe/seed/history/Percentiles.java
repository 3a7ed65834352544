package dev.troupe.seed.history;

import dev.troupe.node.metrics.Histogram;
import java.util.Arrays;
import java.util.List;

/** Estimates percentiles of durations from how many fell into each bucket of a histogram. */
public final class Percentiles {
  private static final List<Double> BOUNDS = Histogram.BOUNDS;

  /** The number of buckets, that for durations above all bounds included. */
  public static final int BUCKETS = BOUNDS.size() + 1;

  private Percentiles() {}

  /**
   * The duration that a share of all durations did not exceed, as if those of a bucket were spread
   * evenly over it; the highest bound if it is above that.
   *
   * @param share 0 to 1
   * @return seconds; NaN if the buckets are empty
   */
  public static double of(double share, double[] buckets) {
    double total = Arrays.stream(buckets).sum();
    if (total <= 0) {
      return Double.NaN;
    }
    double rank = share * total;
    double below = 0;
    for (int i = 0; i < BOUNDS.size(); i++) {
      if (below + buckets[i] >= rank && buckets[i] > 0) {
        double from = i == 0 ? 0 : BOUNDS.get(i - 1);
        return from + (BOUNDS.get(i) - from) * (rank - below) / buckets[i];
      }
      below += buckets[i];
    }
    return BOUNDS.get(BOUNDS.size() - 1);
  }
}
