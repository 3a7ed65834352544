package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.StopResult;
import dev.troupe.seed.slot.ExitReason;
import dev.troupe.seed.slot.LifecycleState;
import dev.troupe.seed.slot.LifecycleState.StopStage;
import dev.troupe.seed.slot.SlotProcess;
import dev.troupe.seed.slot.SlotSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The ordered stop of all slots, wave by wave: which slots are to stop next, and how each ended.
 * Each process has its own time to end after TERM, and again after KILL; one that is there even
 * then does not hold up the others.
 */
final class StopAllPlan {
  private final Dependencies dependencies;
  private final Map<String, String> processes = new LinkedHashMap<>();

  StopAllPlan(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  /** The slots that are to be stopped now; to be asked again whenever a slot has changed. */
  List<String> next(Collection<SlotSnapshot> slots) {
    for (SlotSnapshot slot : slots) {
      SlotProcess process = slot.state().process();
      if (process != null) {
        processes.put(slot.slot(), "%s (pid %d)".formatted(slot.slot(), process.pid()));
      }
    }
    Stream<String> stoppable =
        dependencies
            .stoppable(
                slots.stream()
                    .filter(slot -> !ignoresKill(slot))
                    .map(SlotSnapshot::status)
                    .toList())
            .stream()
            .map(SlotStatus::slot);
    Stream<String> wouldBeLaunchedAgain =
        slots.stream().filter(StopAllPlan::isLaunchedAgain).map(SlotSnapshot::slot);
    return Stream.concat(stoppable, wouldBeLaunchedAgain).toList();
  }

  boolean isOver(Collection<SlotSnapshot> slots) {
    return slots.stream()
        .allMatch(slot -> ignoresKill(slot) || Dependencies.isAtRest(slot.status()));
  }

  StopResult result(Collection<SlotSnapshot> slots) {
    List<String> killed = new ArrayList<>();
    List<String> remaining = new ArrayList<>();
    List<String> stopped = new ArrayList<>(processes.values());
    for (SlotSnapshot slot : slots) {
      String process = processes.get(slot.slot());
      if (process == null) {
        continue;
      }
      if (ignoresKill(slot)) {
        remaining.add(process);
      } else if (slot.state().history().lastExit() instanceof ExitReason.Stopped end
          && end.killed()) {
        killed.add(process);
      }
    }
    stopped.removeAll(killed);
    stopped.removeAll(remaining);
    return new StopResult(stopped, killed, remaining);
  }

  /** Whether the slot stops a process, a hung one for example, only to launch another. */
  private static boolean isLaunchedAgain(SlotSnapshot slot) {
    return slot.state() instanceof LifecycleState.Stopping stopping
        && stopping.then() != LifecycleState.Then.REST;
  }

  private static boolean ignoresKill(SlotSnapshot slot) {
    return (slot.state() instanceof LifecycleState.Stopping stopping
            && stopping.stage() == StopStage.KILL_IGNORED)
        || (slot.state() instanceof LifecycleState.Retiring retiring
            && retiring.stage() == StopStage.KILL_IGNORED);
  }
}
