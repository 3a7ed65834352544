package dev.troupe.gateway.page;

import dev.troupe.node.http.ConnectionStats;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.settings.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** All endpoints of the gateway's own. */
public final class Pages {
  private Pages() {}

  /**
   * @param version of the gateway
   * @param connections of this gateway's clients, now
   */
  public static Map<PathTemplate, Page> of(
      Settings settings, String version, Clock clock, Supplier<ConnectionStats> connections) {
    return Map.of(
        PathTemplate.of("/"), new IndexPage(version),
        PathTemplate.of("/health"), new HealthPage(settings.services()),
        PathTemplate.of("/services"), new ServicesPage(settings.services(), clock, connections),
        PathTemplate.of("/services/{name}/health"), new ServiceHealthPage(settings.services()),
        PathTemplate.of("/cluster"), new ClusterPage());
  }
}
