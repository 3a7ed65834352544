package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.metrics.ClusterMetrics;
import dev.troupe.seed.query.NodeClient;
import dev.troupe.seed.query.NodeReports;
import dev.troupe.seed.query.QueriedNodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What Prometheus scrapes, and the document by which it finds all slots. */
final class MetricsRoute {
  private static final String PATH = "/metrics";

  private final Supplier<CompletionStage<ClusterStatus>> status;
  private final Supplier<RegistryView> registry;
  private final Settings settings;
  private final Executor blocking;
  private final @Nullable NodeClient<MetricsReport> scraper;

  /**
   * @param registry the newest view of the cluster
   * @param blocking makes the text
   * @param scraper asks the nodes; null if they do not measure their work
   */
  MetricsRoute(
      Supplier<CompletionStage<ClusterStatus>> status,
      Supplier<RegistryView> registry,
      Settings settings,
      Executor blocking,
      @Nullable NodeClient<MetricsReport> scraper) {
    this.status = status;
    this.registry = registry;
    this.settings = settings;
    this.blocking = blocking;
    this.scraper = scraper;
  }

  /**
   * A group of targets, as Prometheus wants them from a service discovery by HTTP.
   *
   * @param targets addresses
   */
  private record TargetGroup(List<String> targets, Map<String, String> labels) {}

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get(
            PATH, Permission.READ, request -> metrics(request.query("slot").orElse(null))),
        ManagementRoute.get(PATH + "/targets", Permission.READ, this::targets));
  }

  private CompletionStage<HttpResponse> metrics(@Nullable String slot) {
    return status
        .get()
        .thenCompose(
            now -> {
              QueriedNodes targets = QueriedNodes.of(now, registry.get());
              boolean isKnown =
                  slot == null
                      || targets.services().containsKey(slot)
                      || now.slots().stream().anyMatch(one -> one.slot().equals(slot));
              return isKnown
                  ? metrics(now, targets, slot)
                  : now(
                      error(
                          404,
                          "there is no slot '%s'; there are: %s"
                              .formatted(
                                  ManagementRequest.shown(slot),
                                  String.join(", ", targets.services().keySet()))));
            });
  }

  private CompletionStage<HttpResponse> metrics(
      ClusterStatus now, QueriedNodes targets, @Nullable String slot) {
    ContentType type = ContentTypes.parse(ClusterMetrics.CONTENT_TYPE);
    return scrape(targets, slot)
        .thenApplyAsync(
            scrape ->
                scrape.refused()
                    ? error(503, "too many scrapes are under way; try again in a second")
                    : HttpResponse.create()
                        .withEntity(
                            type, ClusterMetrics.text(now, registry.get(), scrape, settings, slot)),
            blocking);
  }

  private CompletionStage<NodeReports<MetricsReport>> scrape(
      QueriedNodes targets, @Nullable String slot) {
    Map<String, String> nodes = new HashMap<>(targets.addresses());
    nodes.keySet().removeIf(name -> slot != null && !slot.equals(name));
    return scraper == null
        ? CompletableFuture.completedStage(NodeReports.none())
        : scraper.ask(nodes);
  }

  private CompletionStage<HttpResponse> targets(ManagementRequest request) {
    String address =
        request.header("Host").orElse(settings.management().endpoint().hostInAddress());
    return status
        .get()
        .thenApply(
            now ->
                json(
                    200,
                    QueriedNodes.of(now, registry.get()).services().entrySet().stream()
                        .map(slot -> target(address, slot.getKey(), slot.getValue()))
                        .toList()));
  }

  // All targets have one address, so that their slots tell them from each other. The samples have
  // labels `slot` and `service` of their own.
  private static TargetGroup target(String address, String slot, String service) {
    return new TargetGroup(
        List.of(address),
        Map.of(
            "__metrics_path__",
            PATH,
            "__param_slot",
            slot,
            "__meta_troupe_service",
            service,
            "instance",
            slot));
  }
}
