package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.adoption.SavedSlot;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.process.Processes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the next seed node is left, should this one die now. */
final class Estate {
  private Estate() {}

  static SavedState of(Collection<SlotStatus> slots) {
    List<SavedSlot> running = new ArrayList<>();
    Map<String, Integer> generations = new HashMap<>();
    for (SlotStatus slot : slots) {
      generations.put(slot.slot(), slot.generation());
      if (slot.pid() != null && slot.address() != null) {
        running.add(
            new SavedSlot(
                slot.slot(),
                slot.generation(),
                slot.pid(),
                Processes.startOf(slot.pid()),
                slot.address(),
                slot.state() != SlotState.LAUNCHING));
      }
    }
    return new SavedState(running, generations);
  }
}
