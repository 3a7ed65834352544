package dev.troupe.seed.control;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.control.RouteList;
import dev.troupe.protocol.control.ServiceRoute;
import dev.troupe.protocol.service.GatewayPaths;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.Comparator;
import java.util.stream.Stream;

/** Lists the actions of all services and the pages of the gateway. */
final class KnownRoutes {
  private static final Comparator<ServiceRoute> ORDER =
      Comparator.comparing(ServiceRoute::path).thenComparing(ServiceRoute::method);

  private KnownRoutes() {}

  static RouteList in(RegistryView view) {
    Stream<ServiceDescriptor> services =
        view.services().values().stream().map(ServiceView::descriptor);
    return new RouteList(
        Stream.concat(Stream.of(GatewayPaths.DESCRIPTOR), services)
            .flatMap(descriptor -> routes(descriptor, view))
            .sorted(ORDER)
            .toList());
  }

  private static Stream<ServiceRoute> routes(ServiceDescriptor descriptor, RegistryView view) {
    String service = descriptor.service();
    int ready = (int) view.instancesOf(service).filter(InstanceView::isReady).count();
    return descriptor.actions().stream()
        .map(
            action ->
                new ServiceRoute(
                    action.shownMethod(), action.shownPath(), service, action.name(), ready));
  }
}
