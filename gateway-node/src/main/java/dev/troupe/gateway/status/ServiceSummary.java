package dev.troupe.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A service and its living instances.
 *
 * @param living sorted by slot; an unreachable instance counts as alive until it is confirmed dead
 */
record ServiceSummary(String name, ServiceHealth health, Stats stats, List<InstanceView> living) {

  /**
   * @param startedAt start of the instance that {@link #first} gives
   * @param lastHeartbeat the newest heartbeat of all instances
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Stats(
      long requests, long errors, @Nullable Instant startedAt, @Nullable Instant lastHeartbeat) {}

  /** Names of all services: those of the settings, and those that have published paths. */
  static Set<String> names(ConfiguredServices configured, RegistryView view) {
    Set<String> names = new TreeSet<>(view.services().keySet());
    names.addAll(configured.at(view).keySet());
    return names;
  }

  static ServiceSummary of(String name, RegistryView view) {
    List<InstanceView> living =
        view.instancesOf(name).filter(instance -> !instance.member().isDown()).toList();
    ServiceView counted = view.services().get(name);
    Instant lastHeartbeat =
        living.stream()
            .map(instance -> instance.heartbeat().at())
            .max(Comparator.naturalOrder())
            .orElse(null);
    Stats stats =
        new Stats(
            counted == null ? 0 : counted.requests(),
            counted == null ? 0 : counted.errors(),
            first(living).map(instance -> instance.registration().startedAt()).orElse(null),
            lastHeartbeat);
    return new ServiceSummary(name, ServiceHealth.of(living), stats, living);
  }

  /** The instance to show to clients that expect one: the first that is ready, or the first. */
  Optional<InstanceView> first() {
    return first(living);
  }

  /** Why the service is not healthy, if an instance says so. */
  Optional<String> reason() {
    return health == ServiceHealth.HEALTHY
        ? Optional.empty()
        : living.stream()
            .flatMap(instance -> Optional.ofNullable(instance.heartbeat().reason()).stream())
            .findFirst();
  }

  int ready() {
    return (int) living.stream().filter(InstanceView::isReady).count();
  }

  private static Optional<InstanceView> first(List<InstanceView> living) {
    return living.stream()
        .filter(InstanceView::isReady)
        .findFirst()
        .or(() -> living.stream().findFirst());
  }
}
