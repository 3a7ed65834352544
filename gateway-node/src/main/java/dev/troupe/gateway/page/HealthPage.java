package dev.troupe.gateway.page;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.settings.ServiceSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /health}: whether every service of the settings can be asked now. */
final class HealthPage implements Page {
  private final List<ServiceSettings> configured;

  HealthPage(List<ServiceSettings> configured) {
    this.configured = configured;
  }

  private record Body(String status, Map<String, Entry> services) {}

  /**
   * @param expected instances, by the settings
   * @param reason why it is not healthy, as its instances say it
   */
  private record Entry(ServiceHealth health, int ready, int expected, @Nullable String reason) {}

  @Override
  public PageAnswer answer(RegistryView view, Map<String, String> path) {
    Map<String, Entry> services = new LinkedHashMap<>();
    for (ServiceSettings service : configured) {
      ServiceSummary summary = ServiceSummary.of(service.name(), view);
      services.put(
          service.name(),
          new Entry(
              summary.health(),
              summary.ready(),
              service.instances(),
              summary.reason().orElse(null)));
    }
    boolean healthy =
        services.values().stream().allMatch(entry -> entry.health() == ServiceHealth.HEALTHY);
    return healthy
        ? PageAnswer.ok(new Body("healthy", services))
        : new PageAnswer.Shown(503, new Body("degraded", services));
  }
}
