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
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The pools of all services that the registry knows or that were called. Confined to the router.
 */
final class ServicePools {
  private final Function<String, ServicePool> create;
  private final Map<String, ServicePool> byService = new HashMap<>();
  private boolean debugging;

  /**
   * @param waitingRoom how many calls of each service may wait
   * @param bodies the bytes of all calls without an answer, of all services together
   * @param calls the other bounds of the calls of a service, by its name
   */
  ServicePools(
      WaitingRoomSettings waitingRoom,
      ByteBudget bodies,
      Function<String, CallSettings> calls,
      LongSupplier nanos) {
    this.create =
        service ->
            new ServicePool(service, calls.apply(service), waitingRoom, bodies, nanos.getAsLong());
  }

  /** The pool of {@code service}, which need not be known to the registry. */
  ServicePool of(String service) {
    ServicePool pool = byService.get(service);
    if (pool == null) {
      pool = create.apply(service);
      pool.setDebugging(debugging);
      byService.put(service, pool);
    }
    return pool;
  }

  Collection<ServicePool> all() {
    return byService.values();
  }

  /**
   * Stores what the registry knows now.
   *
   * @return the instances that are lost, by pool; without pools that have lost none
   */
  Map<ServicePool, Set<InstanceHandle>> update(RegistryView view) {
    Map<String, List<InstanceView>> instances =
        view.instances().stream().collect(Collectors.groupingBy(InstanceView::service));
    instances.keySet().forEach(this::of);
    // For all services: a call may reach the one that is debugged through others.
    debugging =
        view.instances().stream().anyMatch(instance -> instance.registration().debuggable());
    byService.values().forEach(pool -> pool.setDebugging(debugging));
    Map<ServicePool, Set<InstanceHandle>> lost = new HashMap<>();
    for (ServicePool pool : byService.values()) {
      Set<InstanceHandle> lostOfPool =
          pool.update(instances.getOrDefault(pool.service(), List.of()), view.deaths());
      if (!lostOfPool.isEmpty()) {
        lost.put(pool, lostOfPool);
      }
    }
    return lost;
  }

  /** The numbers of the calls of each service that this node has called, by service. */
  Map<String, CallReport> report(long nowNanos) {
    Instant now = Instant.now();
    Map<String, CallReport> reports = new HashMap<>();
    byService.forEach(
        (service, pool) -> {
          if (pool.wasCalled()) {
            reports.put(service, pool.report(nowNanos, now));
          }
        });
    return reports;
  }
}
