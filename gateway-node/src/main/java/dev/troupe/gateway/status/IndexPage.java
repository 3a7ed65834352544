package dev.troupe.gateway.status;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.PathTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /}: the paths that the gateway answers, by name. */
final class IndexPage implements StatusPage {
  private static final List<String> OWN = List.of("services", "health", "cluster");

  private final String version;

  IndexPage(String version) {
    this.version = version;
  }

  record Body(String status, String message, String version, Map<String, String> endpoints) {}

  @Override
  public boolean needsRegistry() {
    return false;
  }

  @Override
  public Response answer(RegistryView view, Map<String, String> path) {
    Map<String, String> endpoints = new LinkedHashMap<>();
    for (ServiceView service : view.services().values()) {
      for (ActionDescriptor action : service.descriptor().actions()) {
        action.path().segments().stream()
            .limit(1)
            .filter(segment -> !segment.variable())
            .map(PathTemplate.Segment::text)
            .forEach(name -> endpoints.put(name, "/" + name));
      }
    }
    OWN.forEach(name -> endpoints.put(name, "/" + name));
    return Response.ok(new Body("success", "Troupe gateway", version, endpoints));
  }
}
