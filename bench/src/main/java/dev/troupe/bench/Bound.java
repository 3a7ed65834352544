package dev.troupe.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure of a run, with the range in which it must be.
 *
 * @param figure its name and unit
 */
record Bound(String figure, double least, double most, ToDoubleFunction<RecoveryRun> measure) {
  static final Bound NONE_FAILED = atMost("failed", 0, RecoveryRun::failed);
  static final Bound NONE_LOST = atMost("acknowledged writes lost", 0, RecoveryRun::lost);
  static final Bound NONE_TWICE = atMost("writes stored twice", 0, RecoveryRun::twice);

  static Bound atMost(String figure, double most, ToDoubleFunction<RecoveryRun> measure) {
    return new Bound(figure, 0, most, measure);
  }

  static Bound atLeast(String figure, double least, ToDoubleFunction<RecoveryRun> measure) {
    return new Bound(figure, least, Double.POSITIVE_INFINITY, measure);
  }

  /** A figure without a bound. */
  static Bound any(String figure, ToDoubleFunction<RecoveryRun> measure) {
    return atLeast(figure, 0, measure);
  }

  /** Whether all runs, and not only their median, are within the bound. */
  boolean holds(List<RecoveryRun> runs) {
    return runs.stream()
        .mapToDouble(measure)
        .allMatch(value -> Math.round(value) >= least && Math.round(value) <= most);
  }

  static String header() {
    return row("case", "figure", "median", "worst", "expected", "");
  }

  /** One line of the table. */
  String row(String scenario, List<RecoveryRun> runs) {
    double[] sorted = runs.stream().mapToDouble(measure).sorted().toArray();
    double worst = most == Double.POSITIVE_INFINITY && least > 0 ? sorted[0] : Median.last(sorted);
    return row(
        scenario,
        figure,
        "%.0f".formatted(Median.of(sorted)),
        "%.0f".formatted(worst),
        expected(),
        holds(runs) ? "" : "FAILED");
  }

  private String expected() {
    if (most == Double.POSITIVE_INFINITY) {
      return least > 0 ? ">= %.0f".formatted(least) : "";
    }
    return most == 0 ? "0" : "<= %.0f".formatted(most);
  }

  private static String row(
      String scenario, String figure, String median, String worst, String expected, String held) {
    return "%-54s %-42s %8s %8s %10s %s"
        .formatted(scenario, figure, median, worst, expected, held)
        .stripTrailing();
  }
}
