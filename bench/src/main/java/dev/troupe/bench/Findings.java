package dev.troupe.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What one run showed.
 *
 * @param failed answered with an error, or not at all
 * @param longestMillis of all answers
 * @param lost acknowledged as created, but not in the store
 * @param twice in the store more than once
 */
record Findings(int requests, int failed, double longestMillis, int lost, int twice) {
  static Findings of(List<Sample> samples, Map<String, Integer> stored) {
    List<Sample> writes = samples.stream().filter(sample -> !sample.name().isEmpty()).toList();
    return new Findings(
        samples.size(),
        count(samples.stream().filter(sample -> !sample.isOk()).count()),
        samples.stream().map(Sample::millis).max(Comparator.naturalOrder()).orElse(0.0),
        count(
            writes.stream()
                .filter(sample -> sample.isOk() && !stored.containsKey(sample.name()))
                .count()),
        count(writes.stream().filter(sample -> stored.getOrDefault(sample.name(), 0) > 1).count()));
  }

  private static int count(long number) {
    return Math.toIntExact(number);
  }

  /** One line of the table: medians, and the worst in brackets. */
  static String row(String scenario, List<Findings> runs) {
    return "%-55s %4d %9d %10s %18s %5d %6d"
        .formatted(
            scenario,
            runs.size(),
            runs.stream().mapToInt(Findings::requests).sum(),
            "%.0f (%d)"
                .formatted(
                    median(runs.stream().map(run -> (double) run.failed()).toList()),
                    runs.stream().mapToInt(Findings::failed).max().orElse(0)),
            "%.0f (%.0f) ms"
                .formatted(
                    median(runs.stream().map(Findings::longestMillis).toList()),
                    runs.stream().mapToDouble(Findings::longestMillis).max().orElse(0)),
            runs.stream().mapToInt(Findings::lost).sum(),
            runs.stream().mapToInt(Findings::twice).sum());
  }

  static String header() {
    return "%-55s %4s %9s %10s %18s %5s %6s"
        .formatted("case", "runs", "requests", "failed", "longest answer", "lost", "twice");
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
