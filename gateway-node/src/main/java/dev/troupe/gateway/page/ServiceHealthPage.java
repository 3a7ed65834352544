package dev.troupe.gateway.page;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.settings.ServiceSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /services/{name}/health}: how one service is. */
final class ServiceHealthPage implements Page {
  private final List<ServiceSettings> configured;

  ServiceHealthPage(List<ServiceSettings> configured) {
    this.configured = configured;
  }

  private record Body(
      String status,
      String service,
      ServiceHealth health,
      @Nullable String reason,
      ServiceSummary.Stats stats,
      int ready,
      int instances) {}

  @Override
  public PageAnswer answer(RegistryView view, Map<String, String> path) {
    String name = path.getOrDefault("name", "");
    if (!ServiceSummary.names(configured, view).contains(name)) {
      return new PageAnswer.Missing(
          "there is no service of this name; GET /services shows those there are");
    }
    ServiceSummary summary = ServiceSummary.of(name, view);
    return PageAnswer.ok(
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
