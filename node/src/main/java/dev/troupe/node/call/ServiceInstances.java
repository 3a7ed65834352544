package dev.troupe.node.call;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.registry.DeathCause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** The instances of one service, and which of them is given the next call. Of the router. */
final class ServiceInstances {
  private final int maxInFlight;
  private List<InstanceHandle> targets = List.of();
  private int turn;
  private @Nullable String obstacle;

  /**
   * @param maxInFlight calls that an instance may have at a time
   */
  ServiceInstances(int maxInFlight) {
    this.maxInFlight = maxInFlight;
  }

  /**
   * Takes over what the registry knows now.
   *
   * @param deaths how nodes died, by address
   * @return the instances that are gone
   */
  Set<InstanceHandle> update(List<InstanceView> instances, Map<String, DeathCause> deaths) {
    // Not by address: a later process may be given the address of an earlier one.
    Map<ActorRef<ServiceRequest>, InstanceHandle> old = new HashMap<>();
    targets.forEach(target -> old.put(target.endpoint(), target));
    List<InstanceHandle> now = new ArrayList<>();
    // Who can do a part of the work is better than nobody.
    boolean anyReady = instances.stream().anyMatch(InstanceView::isReady);
    obstacle = anyReady ? null : obstacle(instances);
    for (InstanceView instance : instances) {
      ActorRef<ServiceRequest> endpoint = instance.registration().endpoint();
      if (endpoint != null) {
        InstanceHandle known = old.remove(endpoint);
        InstanceHandle target = known == null ? target(instance, endpoint) : known;
        boolean takes = anyReady ? instance.isReady() : instance.isDegraded();
        target.update(takes, instance.isHeard());
        now.add(target);
      }
    }
    targets = now;
    old.values()
        .forEach(target -> target.died(deaths.getOrDefault(target.address(), DeathCause.UNKNOWN)));
    return new HashSet<>(old.values());
  }

  private static @Nullable String obstacle(List<InstanceView> instances) {
    return instances.stream()
        .filter(instance -> instance.heartbeat().reason() != null)
        .findFirst()
        .map(instance -> instance.slot() + ": " + instance.heartbeat().reason())
        .orElse(null);
  }

  /** What an instance says it is unhealthy for, while none is ready; null if none says so. */
  @Nullable String obstacle() {
    return obstacle;
  }

  boolean isEmpty() {
    return targets.isEmpty();
  }

  /**
   * The ready instance with the fewest calls in flight, of those that did not refuse {@code
   * pending} before; null when there is none.
   */
  @Nullable InstanceHandle leastBusy(PendingCall pending) {
    // Beginning with another one each time, so that equals take turns.
    int size = targets.size();
    turn++;
    InstanceHandle least = null;
    for (int index = 0; index < size; index++) {
      InstanceHandle next = targets.get(Math.floorMod(turn + index, size));
      if (next.isReady()
          && (least == null || next.inFlight() < least.inFlight())
          && !pending.wasRefusedBy(next)) {
        least = next;
      }
    }
    return least;
  }

  /** Whether a ready instance is not full. */
  boolean haveRoom() {
    for (InstanceHandle target : targets) {
      if (target.isReady() && !isFull(target)) {
        return true;
      }
    }
    return false;
  }

  boolean isFull(InstanceHandle target) {
    return target.inFlight() >= maxInFlight;
  }

  private static InstanceHandle target(InstanceView instance, ActorRef<ServiceRequest> endpoint) {
    return new InstanceHandle(instance.slot(), instance.registration().address(), endpoint);
  }
}
