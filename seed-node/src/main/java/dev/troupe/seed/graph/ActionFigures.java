package dev.troupe.seed.graph;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.metrics.MetricFamily;
import dev.troupe.protocol.metrics.MetricPoint;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.seed.history.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one action of a service went in the processes that run, since each of them began.
 *
 * @param processes that were called
 * @param p50Seconds the duration that half of the calls did not exceed; null without calls
 * @param p95Seconds the same for 95 of 100
 * @param p99Seconds the same for 99 of 100
 */
public record ActionFigures(
    String action,
    List<Calls> processes,
    @Nullable Double p50Seconds,
    @Nullable Double p95Seconds,
    @Nullable Double p99Seconds) {
  private static final String CALLS = "rpc_server_call_duration_seconds";

  public ActionFigures {
    processes = List.copyOf(processes);
  }

  /**
   * The calls that one process has answered.
   *
   * @param errors of them, by the fault of the service
   */
  public record Calls(String slot, int generation, long calls, long errors) {}

  /**
   * The figures of all actions that were called, by their names.
   *
   * @param reports by slot; a slot without one tells no figures
   */
  static List<ActionFigures> of(
      Stream<InstanceView> instances, Map<String, MetricsReport> reports) {
    Map<String, Sum> sums = new TreeMap<>();
    instances
        .filter(instance -> reports.containsKey(instance.slot()))
        .forEach(instance -> add(sums, instance, reports.get(instance.slot())));
    return sums.entrySet().stream().map(sum -> sum.getValue().figures(sum.getKey())).toList();
  }

  private static void add(Map<String, Sum> sums, InstanceView instance, MetricsReport report) {
    Map<String, List<MetricPoint>> byAction =
        report.families().stream()
            .filter(family -> family.name().equals(CALLS))
            .map(MetricFamily::points)
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(point -> point.labels().getOrDefault("rpc_method", "")));
    byAction.forEach(
        (action, points) -> sums.computeIfAbsent(action, key -> new Sum()).add(instance, points));
  }

  private static long count(MetricPoint point) {
    return point.buckets().stream().mapToLong(Long::longValue).sum();
  }

  /** The calls of one action in several processes. */
  private static final class Sum {
    private final List<Calls> processes = new ArrayList<>();
    private final double[] buckets = new double[Percentiles.BUCKETS];

    void add(InstanceView instance, List<MetricPoint> points) {
      long calls = 0;
      long errors = 0;
      for (MetricPoint point : points) {
        calls += count(point);
        if (ReplyStatus.isServiceError(
            point.labels().getOrDefault("rpc_response_status_code", ""))) {
          errors += count(point);
        }
        for (int i = 0; i < Math.min(buckets.length, point.buckets().size()); i++) {
          buckets[i] += point.buckets().get(i);
        }
      }
      processes.add(
          new Calls(instance.slot(), instance.registration().generation(), calls, errors));
    }

    ActionFigures figures(String action) {
      return new ActionFigures(
          action, processes, percentile(0.50), percentile(0.95), percentile(0.99));
    }

    private @Nullable Double percentile(double share) {
      double seconds = Percentiles.of(share, buckets);
      return Double.isNaN(seconds) ? null : seconds;
    }
  }
}
