package dev.troupe.seed.graph;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.metrics.MetricFamily;
import dev.troupe.protocol.metrics.MetricPoint;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls to and from one service.
 *
 * @param edges one for each process that calls, and each service it calls
 * @param actions of the service that were called
 * @param work that waits in the stores of the service
 */
public record CallGraph(
    String service, List<Edge> edges, List<ActionFigures> actions, List<Gauge> work) {
  private static final String CALLS = "rpc_client_call_duration_seconds";
  private static final List<String> WORK =
      List.of("troupe_outbox_", "troupe_delivery_", "troupe_storage_queued");

  public CallGraph {
    edges = List.copyOf(edges);
    actions = List.copyOf(actions);
    work = List.copyOf(work);
  }

  /**
   * The calls that one process makes of one service.
   *
   * @param from the service that calls; {@code gateway} for a gateway
   * @param to the service that is called
   * @param slot that calls
   * @param generation of its process, with which {@code calls} and {@code errors} begin
   * @param calls that ended, ever; null if the process did not tell
   * @param errors of them, by the fault of the called service
   * @param waiting calls that wait for an instance
   * @param inProgress calls without an answer, waiting ones included
   */
  public record Edge(
      String from,
      String to,
      String slot,
      int generation,
      @Nullable Long calls,
      @Nullable Long errors,
      BreakerState breaker,
      int waiting,
      int inProgress) {}

  /** A figure of one process. */
  public record Gauge(String slot, String name, Map<String, String> labels, double value) {
    public Gauge {
      labels = Map.copyOf(labels);
    }
  }

  /** The addresses of the processes that have to do with {@code service}, by slot. */
  public static Map<String, String> nodes(RegistryView view, String service) {
    Map<String, String> nodes = new TreeMap<>();
    view.instances().stream()
        .filter(one -> one.service().equals(service) || calls(one).containsKey(service))
        .filter(one -> !view.deaths().containsKey(one.registration().address()))
        .forEach(one -> nodes.put(one.slot(), one.registration().address()));
    return nodes;
  }

  /**
   * @param reports by slot; a slot without one tells no figures
   */
  public static CallGraph of(
      RegistryView view, String service, Map<String, MetricsReport> reports) {
    return new CallGraph(
        service,
        view.instances().stream()
            .flatMap(one -> edges(one, service, reports.get(one.slot())))
            .toList(),
        ActionFigures.of(view.instancesOf(service), reports),
        view.instancesOf(service)
            .filter(one -> reports.containsKey(one.slot()))
            .flatMap(one -> work(reports.get(one.slot())))
            .toList());
  }

  private static Map<String, CallReport> calls(InstanceView instance) {
    return instance.heartbeat().calls();
  }

  private static Stream<Edge> edges(
      InstanceView caller, String service, @Nullable MetricsReport report) {
    Map<String, Long> calls = ended(report, status -> true);
    Map<String, Long> errors = ended(report, ReplyStatus::isServiceError);
    return new TreeMap<>(calls(caller))
        .entrySet().stream()
            .filter(call -> caller.service().equals(service) || call.getKey().equals(service))
            .map(
                call ->
                    new Edge(
                        caller.service(),
                        call.getKey(),
                        caller.slot(),
                        caller.registration().generation(),
                        report == null ? null : calls.getOrDefault(call.getKey(), 0L),
                        report == null ? null : errors.getOrDefault(call.getKey(), 0L),
                        call.getValue().circuitBreaker().state(),
                        call.getValue().waitingRoom().requests(),
                        call.getValue().bulkhead().calls()));
  }

  /** How many calls ended with a status, by the service that was called. */
  private static Map<String, Long> ended(
      @Nullable MetricsReport report, Predicate<String> isWanted) {
    Map<String, Long> ended = new HashMap<>();
    if (report == null) {
      return ended;
    }
    for (MetricFamily family : report.families()) {
      if (!family.name().equals(CALLS)) {
        continue;
      }
      for (MetricPoint point : family.points()) {
        String to = point.labels().get("rpc_service");
        if (to != null
            && isWanted.test(point.labels().getOrDefault("rpc_response_status_code", ""))) {
          ended.merge(to, point.buckets().stream().mapToLong(Long::longValue).sum(), Long::sum);
        }
      }
    }
    return ended;
  }

  private static Stream<Gauge> work(MetricsReport report) {
    return report.families().stream()
        .filter(family -> WORK.stream().anyMatch(family.name()::startsWith))
        .flatMap(
            family ->
                family.points().stream()
                    .filter(point -> point.buckets().isEmpty())
                    .map(
                        point ->
                            new Gauge(
                                report.slot(), family.name(), point.labels(), point.value())));
  }
}
