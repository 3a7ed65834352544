package dev.troupe.gateway.status;

import dev.troupe.node.registry.RegistryView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /health}: whether each service of the settings has a ready instance. */
final class HealthPage implements StatusPage {
  private final ConfiguredServices configured;

  HealthPage(ConfiguredServices configured) {
    this.configured = configured;
  }

  record Body(String status, Map<String, ServiceReadiness> services) {}

  /**
   * @param ready instances that are ready
   * @param expected instances that the settings ask for
   * @param reason why the service is not healthy, if one of its instances says so
   */
  private record ServiceReadiness(
      ServiceHealth health, int ready, int expected, @Nullable String reason) {}

  @Override
  public Response answer(RegistryView view, Map<String, String> path) {
    Map<String, ServiceReadiness> services = new LinkedHashMap<>();
    configured
        .at(view)
        .forEach(
            (service, instances) -> {
              ServiceSummary summary = ServiceSummary.of(service, view);
              services.put(
                  service,
                  new ServiceReadiness(
                      summary.health(), summary.ready(), instances, summary.reason().orElse(null)));
            });
    boolean healthy =
        services.values().stream().allMatch(entry -> entry.health() == ServiceHealth.HEALTHY);
    return healthy
        ? Response.ok(new Body("healthy", services))
        : new Response.Json(503, new Body("degraded", services));
  }
}
