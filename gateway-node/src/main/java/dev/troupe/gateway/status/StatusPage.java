package dev.troupe.gateway.status;

import dev.troupe.node.http.ConnectionStats;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.service.GatewayPaths;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.settings.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** An endpoint that the gateway itself answers, with GET, from what its node knows. */
@FunctionalInterface
public interface StatusPage {
  /** The content of a page. */
  sealed interface Response {
    /**
     * @param body written as JSON
     */
    record Json(int httpCode, Object body) implements Response {}

    /** The path names something that does not exist. */
    record NotFound(String message) implements Response {}

    static Response ok(Object body) {
      return new Json(200, body);
    }
  }

  /**
   * Must not block.
   *
   * @param variables the values of the variables in the page's path
   */
  Response answer(RegistryView view, Map<String, String> variables);

  /** Whether the page would be wrong before this node has read the registry of the cluster. */
  default boolean needsRegistry() {
    return true;
  }

  /** What the pages write, by their paths. */
  static Map<PathTemplate, Class<? extends Record>> bodies() {
    return Map.of(
        GatewayPaths.INDEX, IndexPage.Body.class,
        GatewayPaths.HEALTH, HealthPage.Body.class,
        GatewayPaths.SERVICES, ServicesPage.Body.class,
        GatewayPaths.SERVICE_HEALTH, ServiceHealthPage.Body.class,
        GatewayPaths.CLUSTER, ClusterPage.Body.class);
  }

  /**
   * All status pages.
   *
   * @param version of the gateway
   * @param connections of the clients of this gateway, at the moment
   */
  static Map<PathTemplate, StatusPage> all(
      Settings settings, String version, Clock clock, Supplier<ConnectionStats> connections) {
    ConfiguredServices configured = new ConfiguredServices(settings.services());
    return Map.of(
        GatewayPaths.INDEX, new IndexPage(version),
        GatewayPaths.HEALTH, new HealthPage(configured),
        GatewayPaths.SERVICES, new ServicesPage(configured, clock, connections),
        GatewayPaths.SERVICE_HEALTH, new ServiceHealthPage(configured),
        GatewayPaths.CLUSTER, new ClusterPage());
  }
}
