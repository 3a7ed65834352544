package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.seed.graph.CallGraph;
import dev.troupe.seed.query.NodeClient;
import dev.troupe.seed.query.NodeReports;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Who calls a service, and whom it calls. */
final class CallGraphRoute {
  private final Supplier<RegistryView> registry;
  private final @Nullable NodeClient<MetricsReport> metrics;

  /**
   * @param registry the newest view of the cluster
   * @param metrics null if the nodes do not measure their work
   */
  CallGraphRoute(Supplier<RegistryView> registry, @Nullable NodeClient<MetricsReport> metrics) {
    this.registry = registry;
    this.metrics = metrics;
  }

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get(
            "/services/{service}/graph",
            Permission.READ,
            request -> graph(request.variable("service"))));
  }

  private CompletionStage<HttpResponse> graph(String service) {
    RegistryView view = registry.get();
    if (!view.services().containsKey(service) && view.instancesOf(service).findAny().isEmpty()) {
      return now(
          error(
              404,
              "there is no service '%s'; there are: %s"
                  .formatted(
                      ManagementRequest.shown(service),
                      String.join(", ", view.services().keySet()))));
    }
    CompletionStage<NodeReports<MetricsReport>> reports =
        metrics == null
            ? CompletableFuture.completedStage(new NodeReports<>(Map.of(), false))
            : metrics.ask(CallGraph.nodes(view, service));
    return reports.thenApply(
        answers ->
            answers.refused()
                ? error(503, "too many scrapes are under way; try again in a second")
                : json(200, CallGraph.of(view, service, answers.reports())));
  }
}
