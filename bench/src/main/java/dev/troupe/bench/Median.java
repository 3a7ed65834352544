package dev.troupe.bench;

/** Statistics of a handful of values in ascending order; at least one. */
final class Median {
  private Median() {}

  static double of(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double last(double[] sorted) {
    return sorted[sorted.length - 1];
  }
}
