package dev.troupe.seed.control;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.metrics.ClusterMetrics;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What Prometheus scrapes. */
final class MetricsRoute {
  private final Supplier<CompletionStage<ClusterStatus>> status;
  private final Supplier<RegistryView> registry;
  private final Settings settings;
  private final Executor blocking;

  /**
   * @param registry the newest view of the cluster
   * @param blocking makes the text
   */
  MetricsRoute(
      Supplier<CompletionStage<ClusterStatus>> status,
      Supplier<RegistryView> registry,
      Settings settings,
      Executor blocking) {
    this.status = status;
    this.registry = registry;
    this.settings = settings;
    this.blocking = blocking;
  }

  List<ManagementRoute> all() {
    return List.of(ManagementRoute.get("/metrics", Permission.READ, request -> metrics()));
  }

  private CompletionStage<HttpResponse> metrics() {
    ContentType type = ContentTypes.parse(ClusterMetrics.CONTENT_TYPE);
    return status
        .get()
        .thenApplyAsync(
            now ->
                HttpResponse.create()
                    .withEntity(type, ClusterMetrics.text(now, registry.get(), settings)),
            blocking);
  }
}
