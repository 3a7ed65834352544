package dev.troupe.cli.top;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the process of a slot has counted since it began. Not thread-safe. */
final class SlotCounters {
  private double requests;
  private double errors;
  private @Nullable Double inFlight;
  private @Nullable Double cpuSeconds;
  private final NavigableMap<Double, Double> buckets = new TreeMap<>();

  void addRequests(double count, boolean failed) {
    requests += count;
    if (failed) {
      errors += count;
    }
  }

  /**
   * @param bound the longest duration in the bucket, in seconds
   * @param count of all that took no longer
   */
  void addBucket(double bound, double count) {
    buckets.merge(bound, count, Double::sum);
  }

  void addInFlight(double count) {
    inFlight = inFlight == null ? count : inFlight + count;
  }

  void addCpuSeconds(double seconds) {
    cpuSeconds = cpuSeconds == null ? seconds : cpuSeconds + seconds;
  }

  double requests() {
    return requests;
  }

  double errors() {
    return errors;
  }

  @Nullable Double inFlight() {
    return inFlight;
  }

  @Nullable Double cpuSeconds() {
    return cpuSeconds;
  }

  /** Whether the process has a histogram of durations: a program has none. */
  boolean isMeasured() {
    return !buckets.isEmpty();
  }

  /** Whether these may be the counters of the same process at a later time. */
  boolean mayFollow(SlotCounters earlier) {
    return requests >= earlier.requests
        && errors >= earlier.errors
        && (cpuSeconds == null || earlier.cpuSeconds == null || cpuSeconds >= earlier.cpuSeconds);
  }

  /**
   * The duration that as many requests since {@code earlier} did not exceed, in seconds. Between
   * the bounds of a bucket it is estimated as if its requests were spread evenly.
   *
   * @param share of the requests, 0 to 1
   * @return null if there were no requests
   */
  @Nullable Double quantileSince(SlotCounters earlier, double share) {
    double all = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      all = Math.max(all, since(earlier, bucket));
    }
    if (all <= 0) {
      return null;
    }
    double rank = share * all;
    double lowerBound = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      double count = since(earlier, bucket);
      if (count >= rank) {
        return bucket.getKey().isInfinite() || count <= below
            ? lowerBound
            : lowerBound + (bucket.getKey() - lowerBound) * (rank - below) / (count - below);
      }
      if (!bucket.getKey().isInfinite()) {
        lowerBound = bucket.getKey();
      }
      below = count;
    }
    return lowerBound;
  }

  private static double since(SlotCounters earlier, Map.Entry<Double, Double> bucket) {
    return bucket.getValue() - earlier.buckets.getOrDefault(bucket.getKey(), 0.0);
  }

  /** What all of {@code slots} have counted together. */
  static SlotCounters sum(Collection<SlotCounters> slots) {
    SlotCounters sum = new SlotCounters();
    for (SlotCounters slot : slots) {
      sum.requests += slot.requests;
      sum.errors += slot.errors;
      slot.buckets.forEach(sum::addBucket);
      if (slot.inFlight != null) {
        sum.addInFlight(slot.inFlight);
      }
      if (slot.cpuSeconds != null) {
        sum.addCpuSeconds(slot.cpuSeconds);
      }
    }
    return sum;
  }
}
