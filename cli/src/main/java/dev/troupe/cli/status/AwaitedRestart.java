package dev.troupe.cli.status;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Follows the restart of slots until each has a new process that is ready. */
final class AwaitedRestart {
  private final Map<String, Integer> generations = new LinkedHashMap<>();

  /**
   * @param slotOrService what is restarted
   * @param before the status from before the restart
   */
  AwaitedRestart(String slotOrService, ClusterStatus before) {
    for (SlotStatus slot : before.slots()) {
      if (slot.slot().equals(slotOrService) || slot.service().equals(slotOrService)) {
        generations.put(slot.slot(), awaitedGeneration(slot));
      }
    }
  }

  // A slot that is about to launch a process counts as restarted with that process.
  private static int awaitedGeneration(SlotStatus slot) {
    boolean toBeLaunched = slot.state() == SlotState.LAUNCHING && slot.pid() == null;
    return toBeLaunched ? slot.generation() : slot.generation() + 1;
  }

  int slots() {
    return generations.size();
  }

  /** Whether each slot has a new process that is ready. */
  boolean isDone(ClusterStatus now) {
    return generations.keySet().stream().allMatch(slot -> isReady(slot, now));
  }

  /** Descriptions of the slots that will not become ready by themselves. */
  List<String> givenUp(ClusterStatus now) {
    return found(
        now,
        slot ->
            slot.isEmpty()
                || (isNew(slot.get())
                    && (slot.get().state() == SlotState.FAILED
                        || slot.get().state() == SlotState.STOPPED)));
  }

  /** Descriptions of the slots that are not ready. */
  List<String> notReady(ClusterStatus now) {
    return found(now, slot -> slot.isEmpty() || !isReady(slot.get().slot(), now));
  }

  private List<String> found(ClusterStatus now, Predicate<Optional<SlotStatus>> which) {
    List<String> found = new ArrayList<>();
    for (String name : generations.keySet()) {
      Optional<SlotStatus> slot = slot(name, now);
      if (which.test(slot)) {
        found.add(slot.map(AwaitedRestart::describe).orElse(name + " is gone"));
      }
    }
    return found;
  }

  private boolean isReady(String name, ClusterStatus now) {
    return slot(name, now)
        .filter(slot -> isNew(slot) && slot.state() == SlotState.RUNNING)
        .isPresent();
  }

  private boolean isNew(SlotStatus slot) {
    return slot.generation() >= generations.getOrDefault(slot.slot(), 0);
  }

  private static Optional<SlotStatus> slot(String name, ClusterStatus now) {
    return now.slots().stream().filter(slot -> slot.slot().equals(name)).findFirst();
  }

  private static String describe(SlotStatus slot) {
    return slot.reason() == null
        ? "%s is %s".formatted(slot.slot(), slot.state().label())
        : "%s is %s: %s".formatted(slot.slot(), slot.state().label(), slot.reason());
  }
}
