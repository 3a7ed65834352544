package dev.troupe.node.call;

import dev.troupe.node.registry.InstanceView;
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

/** The instances of one service and the calls that wait for one. Confined to the router. */
final class ServicePool {
  private final WaitingRoomSettings room;
  private final Map<String, Target> byAddress = new HashMap<>();
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
    Map<String, Target> old = new HashMap<>(byAddress);
    byAddress.clear();
    for (InstanceView instance : instances) {
      var endpoint = instance.registration().endpoint();
      if (endpoint != null) {
        String address = instance.registration().address();
        Target known = old.remove(address);
        Target target = known == null ? new Target(instance.slot(), endpoint) : known;
        target.update(instance.isReady(), instance.isHeard());
        byAddress.put(address, target);
      }
    }
    return new HashSet<>(old.values());
  }

  /** The ready instance with the fewest calls in flight, of those that did not refuse it before. */
  Optional<Target> pick(Pending pending) {
    return byAddress.values().stream()
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

  /** The call that has waited longest leaves the room, if an instance is there for it. */
  Optional<Pending> nextServed() {
    Pending first = waiting.peek();
    if (first == null || pick(first).isEmpty()) {
      return Optional.empty();
    }
    waiting.remove();
    waitingBytes -= first.size();
    return Optional.of(first);
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
