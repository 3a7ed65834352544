package dev.troupe.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.troupe.node.http.ConnectionStats;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET /services}: each service with its instances, and with the nodes that call it. */
final class ServicesPage implements StatusPage {
  private final ConfiguredServices configured;
  private final Clock clock;
  private final Supplier<ConnectionStats> connections;

  ServicesPage(ConfiguredServices configured, Clock clock, Supplier<ConnectionStats> connections) {
    this.configured = configured;
    this.clock = clock;
    this.connections = connections;
  }

  /**
   * @param connections from clients to the gateway that answers
   */
  record Body(
      String status, Map<String, ServiceEntry> services, int count, ConnectionStats connections) {}

  /**
   * @param pid of the first ready instance, for clients that expect one process for each service
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private record ServiceEntry(
      @Nullable Long pid,
      String status,
      @Nullable Instant registeredAt,
      ServiceSummary.Stats stats,
      List<InstanceEntry> instances,
      List<CallerEntry> callers) {}

  @Override
  public Response answer(RegistryView view, Map<String, String> path) {
    Instant now = clock.instant();
    Map<String, ServiceEntry> services = new LinkedHashMap<>();
    for (String name : ServiceSummary.names(configured, view)) {
      services.put(name, entry(ServiceSummary.of(name, view), CallerEntry.of(name, view), now));
    }
    return Response.ok(new Body("success", services, services.size(), connections.get()));
  }

  private static ServiceEntry entry(
      ServiceSummary service, List<CallerEntry> callers, Instant now) {
    InstanceView first = service.first().orElse(null);
    return new ServiceEntry(
        first == null ? null : first.registration().pid(),
        service.health().status(),
        first == null ? null : first.registration().registeredAt(),
        service.stats(),
        service.living().stream().map(instance -> InstanceEntry.of(instance, now)).toList(),
        callers);
  }
}
