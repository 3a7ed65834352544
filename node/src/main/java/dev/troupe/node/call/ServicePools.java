package dev.troupe.node.call;

import dev.troupe.node.budget.ByteBudget;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.CallSettings;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The pools of all services that there are or that were called. Confined to the router. */
final class ServicePools {
  private final Function<String, ServicePool> create;
  private final Map<String, ServicePool> byService = new HashMap<>();

  /**
   * @param room how many calls of a service may wait
   * @param bodies of all calls without an answer, of all services together
   * @param calls what else bounds the calls of a service, by its name
   * @param nanos the time
   */
  ServicePools(
      WaitingRoomSettings room,
      ByteBudget bodies,
      Function<String, CallSettings> calls,
      LongSupplier nanos) {
    this.create =
        service -> new ServicePool(service, calls.apply(service), room, bodies, nanos.getAsLong());
  }

  ServicePool of(PendingCall pending) {
    return of(pending.call().service());
  }

  Collection<ServicePool> all() {
    return byService.values();
  }

  /**
   * Takes over what the registry knows now.
   *
   * @param updated is told each pool and the instances it has lost
   */
  void update(RegistryView view, BiConsumer<ServicePool, Set<InstanceHandle>> updated) {
    Map<String, List<InstanceView>> instances =
        view.instances().stream().collect(Collectors.groupingBy(InstanceView::service));
    instances.keySet().forEach(this::of);
    byService.forEach(
        (service, pool) ->
            updated.accept(
                pool, pool.update(instances.getOrDefault(service, List.of()), view.deaths())));
  }

  /** What there is to say of the services this node has called. */
  Map<String, CallReport> report(long nowNanos) {
    Instant now = Instant.now();
    Map<String, CallReport> reports = new HashMap<>();
    byService.forEach(
        (service, pool) -> {
          if (pool.wasAsked()) {
            reports.put(service, pool.report(nowNanos, now));
          }
        });
    return reports;
  }

  private ServicePool of(String service) {
    return byService.computeIfAbsent(service, create);
  }
}
