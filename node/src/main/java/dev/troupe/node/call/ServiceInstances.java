package dev.troupe.node.call;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.Registration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service, and the choice of the one that gets the next call. Confined to the
 * router.
 */
final class ServiceInstances {
  private final int maxInFlight;
  private List<InstanceHandle> handles = List.of();
  private int turn;
  private @Nullable String obstacle;

  /**
   * @param maxInFlight calls that an instance may have at a time
   */
  ServiceInstances(int maxInFlight) {
    this.maxInFlight = maxInFlight;
  }

  /**
   * Stores what the registry knows now.
   *
   * @param deaths how nodes died, by address
   * @return the instances that are lost
   */
  Set<InstanceHandle> update(List<InstanceView> instances, Map<String, DeathCause> deaths) {
    // By endpoint and not by address: a later process may have the address of an earlier one.
    Map<ActorRef<ServiceRequest>, InstanceHandle> old = new HashMap<>();
    handles.forEach(handle -> old.put(handle.endpoint(), handle));
    List<InstanceHandle> now = new ArrayList<>();
    // While no instance is ready, a degraded one, which can do a part of the work, takes calls.
    boolean anyReady = instances.stream().anyMatch(InstanceView::isReady);
    obstacle = anyReady ? null : obstacle(instances);
    for (InstanceView instance : instances) {
      ActorRef<ServiceRequest> endpoint = instance.registration().endpoint();
      if (endpoint != null) {
        InstanceHandle known = old.remove(endpoint);
        InstanceHandle handle = known == null ? newHandle(instance, endpoint) : known;
        boolean takes = anyReady ? instance.isReady() : instance.isDegraded();
        handle.update(takes, instance.isHeard());
        now.add(handle);
      }
    }
    handles = now;
    old.values()
        .forEach(
            handle -> handle.markDead(deaths.getOrDefault(handle.address(), DeathCause.UNKNOWN)));
    return new HashSet<>(old.values());
  }

  private static @Nullable String obstacle(List<InstanceView> instances) {
    return instances.stream()
        .filter(instance -> instance.heartbeat().reason() != null)
        .findFirst()
        .map(instance -> instance.slot() + ": " + instance.heartbeat().reason())
        .orElse(null);
  }

  /** Why an instance says it is unhealthy, while none is ready; null if none says why. */
  @Nullable String obstacle() {
    return obstacle;
  }

  boolean isEmpty() {
    return handles.isEmpty();
  }

  /**
   * The ready instance with the fewest calls in flight, of those that have not refused {@code call}
   * yet; null when there is none.
   */
  @Nullable InstanceHandle leastBusy(PendingCall call) {
    // Begins with another instance each time, so that equally busy ones take turns.
    int size = handles.size();
    turn++;
    InstanceHandle least = null;
    for (int index = 0; index < size; index++) {
      InstanceHandle next = handles.get(Math.floorMod(turn + index, size));
      if (next.isReady()
          && (least == null || next.inFlight() < least.inFlight())
          && !call.wasRefusedBy(next)) {
        least = next;
      }
    }
    return least;
  }

  /** Whether any ready instance is not full. */
  boolean anyHasRoom() {
    for (InstanceHandle handle : handles) {
      if (handle.isReady() && !isFull(handle)) {
        return true;
      }
    }
    return false;
  }

  boolean isFull(InstanceHandle handle) {
    return handle.inFlight() >= maxInFlight;
  }

  private static InstanceHandle newHandle(
      InstanceView instance, ActorRef<ServiceRequest> endpoint) {
    Registration registration = instance.registration();
    return new InstanceHandle(
        instance.slot(),
        registration.address(),
        endpoint,
        registration.url(),
        registration.generation());
  }
}
