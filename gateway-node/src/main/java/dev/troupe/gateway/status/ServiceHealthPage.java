package dev.troupe.gateway.status;

import dev.troupe.node.registry.RegistryView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /services/{name}/health}: the health of one service. */
final class ServiceHealthPage implements StatusPage {
  private final ConfiguredServices configured;

  ServiceHealthPage(ConfiguredServices configured) {
    this.configured = configured;
  }

  record Body(
      String status,
      String service,
      ServiceHealth health,
      @Nullable String reason,
      ServiceSummary.Stats stats,
      int ready,
      int instances) {}

  @Override
  public Response answer(RegistryView view, Map<String, String> path) {
    String name = path.getOrDefault("name", "");
    if (!ServiceSummary.names(configured, view).contains(name)) {
      return new Response.NotFound(
          "there is no service with this name; GET /services shows all services");
    }
    ServiceSummary summary = ServiceSummary.of(name, view);
    return Response.ok(
        new Body(
            "success",
            name,
            summary.health(),
            summary.reason().orElse(null),
            summary.stats(),
            summary.ready(),
            summary.living().size()));
  }
}
