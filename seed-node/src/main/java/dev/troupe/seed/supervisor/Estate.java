package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.adoption.SavedSlot;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.process.Processes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the next seed node is left, should this one die now. */
final class Estate {
  private Estate() {}

  static SavedState of(
      Collection<SlotStatus> slots, Map<String, Integer> generations, Map<String, Integer> scaled) {
    List<SavedSlot> running = new ArrayList<>();
    for (SlotStatus slot : slots) {
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
    return new SavedState(running, generations, scaled);
  }
}
