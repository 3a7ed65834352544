package dev.troupe.node.registry;

import dev.troupe.protocol.service.GatewayPaths;
import dev.troupe.protocol.service.RouteConflict;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claim of one instance to the paths of its service. Not thread-safe.
 *
 * <p>Whoever publishes a path first keeps it, also while all its instances are dead: its requests
 * wait for the next one. When two services have published one path, because neither saw the other
 * before, the one whose name is first in the alphabet keeps it. The gateway orders them alike.
 */
public final class RouteClaim {
  private final ServiceDescriptor own;
  private final RegistryWriter writer;
  private @Nullable ServiceDescriptor replaced;
  private boolean published;
  private List<ServiceDescriptor> withoutConflict = List.of();

  public RouteClaim(ServiceDescriptor own, RegistryWriter writer) {
    this.own = own;
    this.writer = writer;
  }

  /** Why the service cannot have its paths, with what to do. */
  public Optional<String> refusal(RegistryView view) {
    List<ServiceDescriptor> descriptors =
        view.services().values().stream().map(ServiceView::descriptor).toList();
    // Each heartbeat of any node changes the view; descriptors change when a service starts.
    if (!withoutConflict.isEmpty() && descriptors.equals(withoutConflict)) {
      return Optional.empty();
    }
    Optional<String> refusal = refusal(own, published, view);
    withoutConflict = refusal.isEmpty() ? descriptors : List.of();
    return refusal;
  }

  static Optional<String> refusal(ServiceDescriptor own, boolean published, RegistryView view) {
    Optional<RouteConflict> page = RouteConflict.of(own, GatewayPaths.DESCRIPTOR);
    if (page.isPresent()) {
      return Optional.of(page.get().text() + ", a page of the gateway. Change its path");
    }
    return view.services().values().stream()
        .map(ServiceView::descriptor)
        .filter(other -> !other.service().equals(own.service()))
        .flatMap(other -> RouteConflict.of(own, other).stream())
        .filter(
            conflict ->
                conflict.other().compareTo(own.service()) < 0
                    || !(published || hasPublished(conflict, view)))
        .findFirst()
        .map(RouteClaim::text);
  }

  // An earlier process of the service may have published the action.
  private static boolean hasPublished(RouteConflict conflict, RegistryView view) {
    ServiceView known = view.services().get(conflict.service());
    return known != null && conflict.isAt(known.descriptor());
  }

  private static String text(RouteConflict conflict) {
    return ("%s, which came first. Change the path of one of them. If a new version of %2$s no"
            + " longer has this path, restart %2$s with it first")
        .formatted(conflict.text(), conflict.other());
  }

  /** Tells all nodes the paths, so that gateways route by them. */
  public void publish(RegistryView view) {
    ServiceView known = view.services().get(own.service());
    replaced = known == null || known.descriptor().equals(own) ? null : known.descriptor();
    published = true;
    writer.descriptor(own);
  }

  /** Restores what was published before. */
  public void withdraw() {
    if (published) {
      writer.withdrawDescriptor(own, replaced);
    }
  }
}
