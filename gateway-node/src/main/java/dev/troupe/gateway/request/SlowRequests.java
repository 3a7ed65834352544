package dev.troupe.gateway.request;

import java.util.concurrent.TimeUnit;

/**
 * Tells which requests of a route take longer than 99 % of its latest thousands. It counts
 * durations in classes, four for each doubling; from time to time all counts are halved, so that
 * old requests are forgotten. Thread-safe.
 */
final class SlowRequests {
  /** Until as many are counted none is slow. */
  static final int FEWEST = 256;

  private static final int CLASSES = 160;
  private static final int SHARE = 100;
  private static final int ESTIMATED_AFTER = 64;
  private static final int HALVED_AFTER = 4096;

  private final int[] counts = new int[CLASSES];
  private int total;
  private int counted;
  private int slowAbove = CLASSES;

  /**
   * Counts a request.
   *
   * @param nanos how long it took
   * @return whether it was slow
   */
  synchronized boolean count(long nanos) {
    int of = classOf(TimeUnit.NANOSECONDS.toMicros(nanos));
    counts[of]++;
    total++;
    counted++;
    boolean slow = of > slowAbove;
    if (counted % HALVED_AFTER == 0) {
      halve();
    }
    if (counted % ESTIMATED_AFTER == 0 && total >= FEWEST) {
      estimate();
    }
    return slow;
  }

  // The lowest class that at most 1 in 100 of the requests are above.
  private void estimate() {
    int above = 0;
    int candidate = CLASSES - 1;
    while (candidate > 0 && (above + counts[candidate]) * SHARE <= total) {
      above += counts[candidate];
      candidate--;
    }
    slowAbove = candidate;
  }

  private void halve() {
    total = 0;
    for (int i = 0; i < CLASSES; i++) {
      counts[i] /= 2;
      total += counts[i];
    }
  }

  // The exponent, and the two digits after the first of the binary number.
  private static int classOf(long micros) {
    long number = Math.max(4, micros);
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(number);
    int digits = (int) (number >>> (exponent - 2)) & 3;
    return Math.min(CLASSES - 1, (exponent << 2) | digits);
  }
}
