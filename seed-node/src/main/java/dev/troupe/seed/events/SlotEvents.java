package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.seed.process.Exit;
import dev.troupe.seed.slot.ExitReason;
import dev.troupe.seed.slot.LaunchHistory;
import dev.troupe.seed.slot.LifecycleState;
import dev.troupe.seed.slot.ReasonText;
import dev.troupe.seed.slot.SlotProcess;
import dev.troupe.seed.slot.SlotSnapshot;
import dev.troupe.seed.slot.StopReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the events of the journal from two consecutive states of a slot. */
final class SlotEvents {
  private static final int ENDED_BY_TERM = 143;
  private static final String BY_ORDER = ReasonText.of(StopReason.ByOrder.INSTANCE);

  private final String slot;
  private final LifecycleState before;
  private final LifecycleState now;
  private final Instant at;
  private final SlotSnapshot snapshot;
  private final List<Event> events = new ArrayList<>();

  private SlotEvents(LifecycleState before, SlotSnapshot snapshot) {
    this.slot = snapshot.slot();
    this.before = before;
    this.now = snapshot.state();
    this.at = snapshot.at();
    this.snapshot = snapshot;
  }

  /**
   * @param before null if nothing has been said of the slot yet
   */
  static List<Event> between(@Nullable SlotSnapshot before, SlotSnapshot now) {
    if (before == null) {
      SlotProcess found = now.state().process();
      // A slot that begins with a process was not launched by this seed node.
      return found == null
          ? List.of()
          : List.of(
              of(now.at(), now.slot(), EventKind.ADOPTED, found).withAddress(found.address()));
    }
    SlotEvents difference = new SlotEvents(before.state(), now);
    difference.find();
    return difference.events;
  }

  private void find() {
    SlotProcess old = before.process();
    SlotProcess process = now.process();
    if (old != null && process == null) {
      events.add(exited(old));
    }
    if (before instanceof LifecycleState.Spawning
        && process == null
        && !(now instanceof LifecycleState.Withdrawing)) {
      events.add(
          event(EventKind.LAUNCH_FAILED, before.history().generation(), null)
              .withReason(text(now.history().lastExit())));
    }
    if (old == null && process != null) {
      events.add(event(EventKind.LAUNCHED, process).withAddress(process.address()));
    }
    if (now instanceof LifecycleState.AwaitingPermit && !isAtRest(before)) {
      events.add(counted(EventKind.RELAUNCHING));
    }
    if (now.shown() != before.shown() || before instanceof LifecycleState.Withdrawing) {
      entered();
    }
  }

  private void entered() {
    SlotProcess process = now.process();
    if (now instanceof LifecycleState.Failed failed) {
      events.add(
          event(EventKind.FAILED, generation(), null)
              .counting(now.history().relaunches().size())
              .withReason(ReasonText.of(failed.why())));
    } else if (now instanceof LifecycleState.BackingOff) {
      events.add(counted(EventKind.BACKING_OFF));
    } else if (now.shown() == SlotState.STOPPED) {
      events.add(stopped());
    } else if (process != null && now.shown() == SlotState.RUNNING) {
      boolean healed = before.shown() == SlotState.UNHEALTHY && wasReady(before);
      events.add(
          healed
              ? event(EventKind.HEALTHY, process)
              : event(EventKind.READY, process).readyAfter(process.readyMillis()));
    } else if (process != null && now.shown() == SlotState.UNHEALTHY) {
      events.add(event(EventKind.UNHEALTHY, process).withReason(snapshot.status().reason()));
    } else if (process != null && now.shown() == SlotState.STOPPING) {
      events.add(event(EventKind.STOPPING, process).by(whoStops()).withReason(whyStopped()));
    }
  }

  private Event exited(SlotProcess old) {
    ExitReason reason = now.history().lastExit();
    Exit exit = reason == null ? new Exit(null, List.of()) : reason.exit();
    Integer code = exit.code();
    // The output of a process that ended as ordered does not explain anything.
    boolean obeyed =
        reason instanceof ExitReason.Stopped
            && (exit.isSuccess() || (code != null && code == ENDED_BY_TERM));
    return event(EventKind.EXITED, old)
        .exited(code, obeyed ? List.of() : exit.log())
        .by(whoStopped(reason))
        .withReason(exit.isExplained() ? exit.reason() : "exit code not seen");
  }

  private Event counted(EventKind kind) {
    LaunchHistory history = now.history();
    return event(kind, history.generation(), null)
        .counting(history.relaunches().size())
        .by(history.ordered() ? Initiator.OPERATOR : null)
        .withReason(history.ordered() ? BY_ORDER : text(history.lastExit()));
  }

  // The reason names the exit only of a process that ended by itself and is not launched again.
  private Event stopped() {
    ExitReason last = now.history().lastExit();
    boolean byItself =
        before instanceof LifecycleState.Spawning
            || (before instanceof LifecycleState.Alive && !(last instanceof ExitReason.Stopped));
    boolean failed =
        before instanceof LifecycleState.Stopping stopping
            && stopping.then() == LifecycleState.Then.DECIDE;
    Event stopped = event(EventKind.STOPPED, generation(), null);
    if (byItself || failed) {
      return stopped.by(failed ? Initiator.SUPERVISOR : null).withReason(text(last));
    }
    boolean killed = last instanceof ExitReason.Stopped end && end.killed();
    boolean hadProcess = before.process() != null;
    return stopped
        .by(Initiator.OPERATOR)
        .withReason(killed && hadProcess ? BY_ORDER + ", with KILL" : BY_ORDER);
  }

  private Initiator whoStops() {
    return isStoppedForAFailure() ? Initiator.SUPERVISOR : Initiator.OPERATOR;
  }

  private static @Nullable Initiator whoStopped(@Nullable ExitReason reason) {
    if (!(reason instanceof ExitReason.Stopped stopped)) {
      return null;
    }
    return stopped.why() == StopReason.ByOrder.INSTANCE ? Initiator.OPERATOR : Initiator.SUPERVISOR;
  }

  private @Nullable String whyStopped() {
    return isStoppedForAFailure() ? snapshot.status().reason() : BY_ORDER;
  }

  private boolean isStoppedForAFailure() {
    return now instanceof LifecycleState.Stopping stopping
        && stopping.reason() instanceof StopReason.Failure;
  }

  private int generation() {
    return now.history().generation();
  }

  private Event event(EventKind kind, SlotProcess process) {
    return of(at, slot, kind, process);
  }

  private Event event(EventKind kind, int generation, @Nullable Long pid) {
    return Event.of(at, slot, kind, generation, pid);
  }

  private static Event of(Instant at, String slot, EventKind kind, SlotProcess process) {
    return Event.of(at, slot, kind, process.generation(), process.pid());
  }

  private static @Nullable String text(@Nullable ExitReason reason) {
    return reason == null ? null : ReasonText.of(reason);
  }

  private static boolean wasReady(LifecycleState state) {
    return Objects.requireNonNull(state.process()).readyAt() != null;
  }

  private static boolean isAtRest(LifecycleState state) {
    return state instanceof LifecycleState.Pending
        || state instanceof LifecycleState.Stopped
        || state instanceof LifecycleState.Failed;
  }
}
