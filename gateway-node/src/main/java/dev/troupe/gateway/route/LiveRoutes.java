package dev.troupe.gateway.route;

import dev.troupe.gateway.openapi.DocumentPage;
import dev.troupe.gateway.status.StatusPage;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the newest route table: the status pages of the gateway, then the actions of all services in
 * the order of their names. It is rebuilt when a service's descriptor changes. Thread-safe.
 */
public final class LiveRoutes {
  private static final Logger log = LoggerFactory.getLogger(LiveRoutes.class);
  private static final String SELF = "the gateway";

  private final Map<PathTemplate, StatusPage> pages;
  private final Map<PathTemplate, DocumentPage> documents;
  private final Set<String> reportedConflicts = ConcurrentHashMap.newKeySet();
  private volatile Built built;

  private record Built(
      RegistryView view, List<ServiceDescriptor> descriptors, RouteTable<RouteTarget> table) {}

  /**
   * @param pages the status pages of the gateway
   * @param documents its other pages, which come before status pages of the same path
   */
  public LiveRoutes(
      Map<PathTemplate, StatusPage> pages, Map<PathTemplate, DocumentPage> documents) {
    this.pages = Map.copyOf(pages);
    this.documents = Map.copyOf(documents);
    this.built = new Built(RegistryView.EMPTY, List.of(), build(List.of()));
  }

  /** The route table for the services in {@code view}. */
  @SuppressWarnings("ReferenceEquality") // comparing the content would cost each request
  public RouteTable<RouteTarget> at(RegistryView view) {
    Built current = built;
    if (current.view() == view) {
      return current.table();
    }
    List<ServiceDescriptor> descriptors =
        view.services().values().stream().map(ServiceView::descriptor).toList();
    RouteTable<RouteTarget> table =
        descriptors.equals(current.descriptors()) ? current.table() : build(descriptors);
    built = new Built(view, descriptors, table);
    return table;
  }

  private RouteTable<RouteTarget> build(List<ServiceDescriptor> descriptors) {
    RouteTable.Builder<RouteTarget> routes = new RouteTable.Builder<>();
    documents.forEach(
        (path, page) ->
            routes.add(SELF, HttpMethod.GET, path, new RouteTarget.GatewayDocument(page)));
    pages.forEach(
        (path, page) -> {
          if (!documents.containsKey(path)) {
            routes.add(SELF, HttpMethod.GET, path, new RouteTarget.GatewayPage(page));
          }
        });
    for (ServiceDescriptor descriptor : descriptors) {
      String service = descriptor.service();
      for (ActionDescriptor action : descriptor.actions()) {
        add(routes, service, action);
      }
    }
    return routes.build();
  }

  private void add(
      RouteTable.Builder<RouteTarget> routes, String service, ActionDescriptor action) {
    Optional<String> conflict =
        action.prefix()
            ? routes.addAllBelow(service, action.path(), new RouteTarget.Program(service, action))
            : routes.add(
                service,
                action.method(),
                action.path(),
                new RouteTarget.ServiceAction(service, action));
    conflict.ifPresent(this::report);
  }

  private void report(String conflict) {
    if (reportedConflicts.add(conflict)) {
      log.warn("{}; change the path of one of them", conflict);
    }
  }
}
