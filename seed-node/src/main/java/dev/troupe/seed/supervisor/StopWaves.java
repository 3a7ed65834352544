package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.StopResult;
import dev.troupe.seed.slot.ExitReason;
import dev.troupe.seed.slot.LifecycleEvent;
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
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The ordered stop of all slots, wave by wave. Tells the slots of the next wave to stop and, at the
 * end, tells all who asked for the stop how each process ended. Each process has its own time to
 * end after TERM, and again after KILL; a process that is still there then does not hold up the
 * others. Confined to the supervisor's actor.
 */
final class StopWaves {
  private final Dependencies dependencies;
  private final Map<String, String> processes = new LinkedHashMap<>();
  private final List<ActorRef<StopResult>> requests = new ArrayList<>();

  StopWaves(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  /** Adds one who is told the result. */
  void join(ActorRef<StopResult> replyTo) {
    requests.add(replyTo);
  }

  /** Tells the slots that can stop now to stop; to be called whenever a slot has changed. */
  void advance(Slots slots) {
    List<SlotSnapshot> now = slots.snapshots();
    if (isOver(now)) {
      StopResult result = result(now);
      requests.forEach(replyTo -> replyTo.tell(result));
      requests.clear();
      return;
    }
    next(now).forEach(slot -> slots.tell(slot, LifecycleEvent.Order.STOP));
  }

  private List<String> next(Collection<SlotSnapshot> slots) {
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
    // These slots are stopping already, but would launch another process afterwards.
    Stream<String> wouldBeLaunchedAgain =
        slots.stream().filter(StopWaves::isLaunchedAgain).map(SlotSnapshot::slot);
    return Stream.concat(stoppable, wouldBeLaunchedAgain).toList();
  }

  private boolean isOver(Collection<SlotSnapshot> slots) {
    return slots.stream()
        .allMatch(slot -> ignoresKill(slot) || Dependencies.isAtRest(slot.status()));
  }

  private StopResult result(Collection<SlotSnapshot> slots) {
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
