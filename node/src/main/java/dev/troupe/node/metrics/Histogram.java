package dev.troupe.node.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/**
 * Counts durations in fixed buckets from 0.5 ms to 10 s. Recording neither locks nor allocates.
 * Thread-safe.
 */
public final class Histogram {
  private static final long[] BOUNDS_MICROS = {
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000
  };
  private static final long[] BOUNDS_NANOS =
      LongStream.of(BOUNDS_MICROS).map(TimeUnit.MICROSECONDS::toNanos).toArray();

  /** The upper bounds of the buckets in seconds, without the infinite one. */
  public static final List<Double> BOUNDS =
      LongStream.of(BOUNDS_MICROS).mapToObj(b -> b / 1e6).toList();

  private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];
  private final LongAdder sumNanos = new LongAdder();

  /** A histogram that {@link NodeMetrics#add} makes known. */
  public Histogram() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /** Counts a duration; a negative one counts as none. */
  public void record(long nanos) {
    buckets[bucket(nanos)].increment();
    if (nanos > 0) {
      sumNanos.add(nanos);
    }
  }

  // Most durations are short, so that a linear search ends after a few steps.
  private static int bucket(long nanos) {
    int i = 0;
    while (i < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[i]) {
      i++;
    }
    return i;
  }

  /** How often a duration fell into each bucket. */
  List<Long> counts() {
    List<Long> counts = new ArrayList<>(buckets.length);
    for (LongAdder bucket : buckets) {
      counts.add(bucket.sum());
    }
    return counts;
  }

  void addTo(long[] counts) {
    for (int i = 0; i < buckets.length; i++) {
      counts[i] += buckets[i].sum();
    }
  }

  double sumSeconds() {
    return sumNanos.sum() / 1e9;
  }
}
