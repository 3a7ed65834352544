package dev.troupe.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The result of one run and its cost.
 *
 * @param cpuMicros CPU time of an answer in microseconds, by process
 */
record Cost(WrkResult measured, Map<String, Double> cpuMicros) {

  static Cost of(Processes processes, Supplier<WrkResult> run) {
    Map<String, Duration> before = processes.cpu();
    WrkResult measured = run.get();
    Map<String, Double> micros = new LinkedHashMap<>();
    processes
        .cpu()
        .forEach(
            (name, after) ->
                micros.put(
                    name, after.minus(before.get(name)).toNanos() / 1e3 / measured.requests()));
    return new Cost(measured, micros);
  }

  double totalMicros() {
    return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The run with the median CPU time. */
  static Cost median(List<Cost> runs) {
    List<Cost> sorted =
        runs.stream().sorted(Comparator.comparingDouble(Cost::totalMicros)).toList();
    return sorted.get(sorted.size() / 2);
  }
}
