package dev.troupe.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats costs as rows of a table, compared with those of a bare server. */
final class CostTable {
  private static final String ROW = "%-24s %5s %9s %8s %8s %8s %7s %7s %6s  %s";

  /** The costs of the bare server, by number of connections. */
  private final Map<Integer, Cost> bare;

  CostTable(Map<Integer, Cost> bare) {
    this.bare = Map.copyOf(bare);
  }

  static String header() {
    return ROW.formatted(
        "requests",
        "conn.",
        "answers/s",
        "p50 ms",
        "p99 ms",
        "p99.9 ms",
        "failed",
        "CPU µs",
        "× bare",
        "CPU µs per answer, by process");
  }

  String row(Workload traffic, int connections, List<Cost> runs) {
    Cost cost = Cost.median(runs);
    WrkResult measured = cost.measured();
    Cost base = bare.getOrDefault(connections, cost);
    return ROW.formatted(
        traffic.text(),
        connections,
        "%.0f".formatted(measured.answersPerSecond()),
        "%.2f".formatted(measured.p50Micros() / 1e3),
        "%.2f".formatted(measured.p99Micros() / 1e3),
        "%.2f".formatted(measured.p999Micros() / 1e3),
        runs.stream().mapToLong(run -> run.measured().failed()).sum(),
        "%.0f".formatted(cost.totalMicros()),
        "%.2f".formatted(cost.totalMicros() / base.totalMicros()),
        byProcess(cost.cpuMicros()));
  }

  private static String byProcess(Map<String, Double> micros) {
    return micros.entrySet().stream()
        .map(entry -> "%s %.0f".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** One line like {@code resident MiB: gateway-1 190, seed-1 120, together 310}. */
  static String memory(Map<String, Long> residentMiB) {
    List<String> parts = new ArrayList<>();
    residentMiB.forEach((name, size) -> parts.add(name + " " + size));
    long together = residentMiB.values().stream().mapToLong(Long::longValue).sum();
    return "resident MiB: " + String.join(", ", parts) + ", together " + together;
  }
}
