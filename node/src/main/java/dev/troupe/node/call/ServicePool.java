package dev.troupe.node.call;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** The instances of one service and the calls that wait for one. Confined to the router. */
final class ServicePool {
  private final WaitingRoomSettings room;
  // Not by address: a later process may be given the address of an earlier one.
  private final Map<ActorRef<ServiceRequest>, Target> byEndpoint = new HashMap<>();
  private final Queue<Pending> waiting = new ArrayDeque<>();
  private long waitingBytes;

  ServicePool(WaitingRoomSettings room) {
    this.room = room;
  }

  /**
   * Takes over what the registry knows now.
   *
   * @return the instances that are gone
   */
  Set<Target> update(List<InstanceView> instances) {
    Map<ActorRef<ServiceRequest>, Target> old = new HashMap<>(byEndpoint);
    byEndpoint.clear();
    for (InstanceView instance : instances) {
      ActorRef<ServiceRequest> endpoint = instance.registration().endpoint();
      if (endpoint != null) {
        Target known = old.remove(endpoint);
        Target target = known == null ? new Target(instance.slot(), endpoint) : known;
        target.update(instance.isReady(), instance.isHeard());
        byEndpoint.put(endpoint, target);
      }
    }
    return new HashSet<>(old.values());
  }

  /** The ready instance with the fewest calls in flight, of those that did not refuse it before. */
  Optional<Target> pick(Pending pending) {
    return byEndpoint.values().stream()
        .filter(target -> target.isReady() && !pending.wasRefusedBy(target))
        .min(Comparator.comparingInt(Target::inFlight));
  }

  /** Whether {@code pending} found a place in the waiting room. */
  boolean admit(Pending pending) {
    if (waiting.size() >= room.maxRequests() || waitingBytes + pending.size() > room.maxBytes()) {
      return false;
    }
    waiting.add(pending);
    waitingBytes += pending.size();
    return true;
  }

  /**
   * The call that has waited longest leaves the room, of those there is an instance for. One that
   * was refused by all there are does not hold up the others.
   */
  Optional<Pending> nextServed() {
    Optional<Pending> next =
        waiting.stream().filter(pending -> pick(pending).isPresent()).findFirst();
    next.ifPresent(
        pending -> {
          waiting.remove(pending);
          waitingBytes -= pending.size();
        });
    return next;
  }

  /** The calls that have waited for too long leave the room. */
  Collection<Pending> removeExpired(long nowMillis) {
    List<Pending> expired =
        waiting.stream().filter(pending -> pending.isPastDeadline(nowMillis)).toList();
    if (!expired.isEmpty()) {
      waiting.removeAll(expired);
      expired.forEach(pending -> waitingBytes -= pending.size());
    }
    return expired;
  }

  boolean isAnyoneWaiting() {
    return !waiting.isEmpty();
  }

  int waitingCount() {
    return waiting.size();
  }
}
