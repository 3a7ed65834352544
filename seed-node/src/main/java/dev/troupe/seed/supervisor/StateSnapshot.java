package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.adoption.SavedState.SavedSlot;
import dev.troupe.seed.slot.LifecycleState;
import dev.troupe.seed.slot.SlotProcess;
import dev.troupe.seed.slot.SlotSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Makes the content of the state file from the present states of the slots. */
final class StateSnapshot {
  private StateSnapshot() {}

  static SavedState of(
      Collection<SlotSnapshot> slots,
      Map<String, Integer> generations,
      Map<String, Integer> scaled,
      EndedProcesses ended) {
    List<SavedSlot> running = new ArrayList<>();
    for (SlotSnapshot slot : slots) {
      SlotProcess process = slot.state().process();
      if (process != null) {
        running.add(
            new SavedSlot(
                slot.slot(),
                process.generation(),
                process.pid(),
                process.identity().startedAt(),
                process.identity().sinceBoot(),
                process.address(),
                mayBeMember(slot)));
      }
    }
    return new SavedState(running, generations, scaled, ended.addresses());
  }

  // An adopted process is shown as launching, but was a member before.
  private static boolean mayBeMember(SlotSnapshot slot) {
    return slot.shown() != SlotState.LAUNCHING || slot.state() instanceof LifecycleState.Adopted;
  }
}
