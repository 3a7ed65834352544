package dev.troupe.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One run, and what it cost the processes.
 *
 * @param cpuMicros of CPU time per answer, by process
 */
record Cost(Measured measured, Map<String, Double> cpuMicros) {

  static Cost of(Processes processes, Supplier<Measured> run) {
    Map<String, Duration> before = processes.cpu();
    Measured measured = run.get();
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

  /** The run in the middle, by CPU time. */
  static Cost median(List<Cost> runs) {
    List<Cost> sorted =
        runs.stream().sorted(Comparator.comparingDouble(Cost::totalMicros)).toList();
    return sorted.get(sorted.size() / 2);
  }
}
