package dev.troupe.cli.status;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code wait} waits for.
 *
 * @param names services and slots; none for all
 */
record WaitGoal(Kind kind, List<String> names) {
  enum Kind {
    /** One slot of each service is running. */
    READY,
    /** All slots are running. */
    HEALTHY
  }

  WaitGoal {
    names = List.copyOf(names);
  }

  /** How far a cluster is from the goal. */
  record Distance(List<String> missing, boolean reachable) {
    boolean isReached() {
      return missing.isEmpty();
    }
  }

  /** Names of {@link #names} that neither a service nor a slot of the cluster has. */
  List<String> unknown(ClusterStatus status) {
    Set<String> known = new LinkedHashSet<>();
    status.slots().forEach(slot -> known.addAll(List.of(slot.slot(), slot.service())));
    return names.stream().filter(name -> !known.contains(name)).toList();
  }

  /** Not reachable means: not before an operator does something. */
  Distance distance(ClusterStatus status) {
    List<String> missing = new ArrayList<>();
    boolean reachable = true;
    for (Map.Entry<String, List<SlotStatus>> group : groups(status).entrySet()) {
      List<SlotStatus> slots = group.getValue();
      List<SlotStatus> lacking =
          slots.stream().filter(slot -> slot.state() != SlotState.RUNNING).toList();
      boolean reached = kind == Kind.HEALTHY ? lacking.isEmpty() : lacking.size() < slots.size();
      if (reached) {
        continue;
      }
      missing.addAll(lacking.stream().map(WaitGoal::text).toList());
      reachable &=
          kind == Kind.HEALTHY
              ? lacking.stream().noneMatch(WaitGoal::isOver)
              : !slots.stream().allMatch(WaitGoal::isOver);
    }
    return new Distance(List.copyOf(missing), reachable);
  }

  private Map<String, List<SlotStatus>> groups(ClusterStatus status) {
    if (names.isEmpty()) {
      return status.slots().stream()
          .collect(
              Collectors.groupingBy(SlotStatus::service, LinkedHashMap::new, Collectors.toList()));
    }
    Map<String, List<SlotStatus>> groups = new LinkedHashMap<>();
    for (String name : names) {
      groups.put(
          name,
          status.slots().stream()
              .filter(slot -> slot.service().equals(name) || slot.slot().equals(name))
              .toList());
    }
    return groups;
  }

  private static boolean isOver(SlotStatus slot) {
    return slot.state() == SlotState.FAILED || slot.state() == SlotState.STOPPED;
  }

  private static String text(SlotStatus slot) {
    String state = slot.slot() + " is " + slot.state().label();
    return slot.reason() == null ? state : state + ": " + slot.reason();
  }
}
