package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;

import dev.troupe.node.registry.DataReporter;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.registry.DataReport;
import dev.troupe.protocol.registry.DataRequest;
import dev.troupe.seed.data.DataComparison;
import dev.troupe.seed.data.NodeData;
import dev.troupe.seed.query.NodeClient;
import dev.troupe.seed.query.NodeQuestion;
import dev.troupe.seed.query.NodeReports;
import dev.troupe.seed.query.QueriedNodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What each node holds of Distributed Data. The nodes are asked only when somebody looks. */
final class DataRoute {
  private static final int MOST_PROBLEMS = 100;

  /** The most entries of all nodes together, beyond which only the named node has some. */
  private static final int MOST_ENTRIES = 10_000;

  private final Supplier<CompletionStage<ClusterStatus>> status;
  private final Supplier<RegistryView> registry;
  private final Duration lag;
  private final Executor blocking;
  private final NodeClient<DataReport> nodes;

  /**
   * @param registry the newest view of the cluster
   * @param lag how much older than that of another node a heartbeat may be
   * @param blocking compares the answers
   */
  DataRoute(
      ActorSystem<?> system,
      Supplier<CompletionStage<ClusterStatus>> status,
      Supplier<RegistryView> registry,
      Duration lag,
      Executor blocking) {
    this.status = status;
    this.registry = registry;
    this.lag = lag;
    this.blocking = blocking;
    this.nodes =
        new NodeClient<>(
            system,
            "data-queries",
            new NodeQuestion<>(
                DataReport.class,
                DataReport.VERSION,
                (address, query, replyTo) ->
                    DataReporter.of(address, system).tell(new DataRequest(query, replyTo))));
  }

  /**
   * @param lagMillis how much older than that of another node a heartbeat may be
   * @param agree whether no node is silent and none lacks what another has
   */
  private record DataOfNodes(long lagMillis, boolean agree, List<NodeData> nodes) {}

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get(
            "/cluster/data", Permission.READ, request -> data(request.query("slot").orElse(null))));
  }

  private CompletionStage<HttpResponse> data(@Nullable String slot) {
    return status
        .get()
        .thenApply(now -> QueriedNodes.of(now, registry.get()))
        .thenCompose(
            queried ->
                nodes
                    .ask(queried.addresses())
                    .thenApplyAsync(answers -> response(queried, answers, slot), blocking));
  }

  private HttpResponse response(
      QueriedNodes queried, NodeReports<DataReport> answers, @Nullable String slot) {
    if (answers.refused()) {
      return error(503, "too many of these questions are under way; try again in a second");
    }
    Map<String, String> services = new TreeMap<>(queried.services());
    if (slot != null && !services.containsKey(slot)) {
      return error(
          404,
          "there is no slot '%s'; there are: %s"
              .formatted(ManagementRequest.shown(slot), String.join(", ", services.keySet())));
    }
    int entries = answers.reports().values().stream().mapToInt(one -> one.entries().size()).sum();
    DataComparison comparison = new DataComparison(answers.reports().values(), lag);
    List<NodeData> shown =
        services.entrySet().stream()
            .map(
                node ->
                    node(
                        node.getKey(),
                        node.getValue(),
                        answers.reports().get(node.getKey()),
                        comparison,
                        slot == null ? entries <= MOST_ENTRIES : slot.equals(node.getKey())))
            .toList();
    boolean agree = shown.stream().allMatch(node -> !node.silent() && node.problems().isEmpty());
    return json(200, new DataOfNodes(lag.toMillis(), agree, shown));
  }

  private static NodeData node(
      String slot,
      String service,
      @Nullable DataReport report,
      DataComparison comparison,
      boolean withEntries) {
    if (report == null) {
      return new NodeData(slot, service, true, false, 0, 0, 0, List.of(), List.of());
    }
    return new NodeData(
        slot,
        service,
        false,
        report.synced(),
        (int) report.entries().stream().filter(entry -> entry.registered() > 0).count(),
        (int) report.entries().stream().filter(entry -> entry.heard() > 0).count(),
        report.dropped(),
        comparison.problems(report).stream().limit(MOST_PROBLEMS).toList(),
        withEntries ? report.entries() : List.of());
  }
}
