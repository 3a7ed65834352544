package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the processes of a service without ever having fewer ready than before: an extra slot is
 * started first, then each slot is restarted once the one before it is ready, then the extra one is
 * stopped. Without an extra slot, the other slots serve while one of them is restarted.
 *
 * <p>A slot counts as replaced when it runs a process that was launched after the rolling restart
 * began, whoever launched it; or only when this plan had it launched, because the new processes are
 * of another version. Each step has a time limit.
 */
final class RollingRestart implements Rollouts.Plan {
  private enum Phase {
    ADD_EXTRA,
    AWAIT_EXTRA_READY,
    RESTART_NEXT,
    AWAIT_RESTARTED,
    RETIRE_EXTRA,
    AWAIT_EXTRA_GONE
  }

  private final List<String> slots;
  private final Optional<String> extra;
  private final int extraGeneration;
  private final boolean byOrderOnly;
  private final Map<String, Integer> oldGenerations = new HashMap<>();
  private final Duration stepLimit;
  private Phase phase;
  private Duration since;
  private int replaced;
  private int awaitedGeneration;

  /**
   * @param slots to be restarted, in this order; at least one
   * @param extra the name of the slot that stands in; without one, there must be two slots
   * @param extraGeneration the generation of the last launch of the extra slot; 0 if there was none
   * @param byOrderOnly whether only processes count that this plan had launched
   * @param stepLimit the longest time for one slot to stop and to become ready
   * @param now by the ticker
   */
  RollingRestart(
      List<SlotStatus> slots,
      Optional<String> extra,
      int extraGeneration,
      boolean byOrderOnly,
      Duration stepLimit,
      Duration now) {
    this.slots = slots.stream().map(SlotStatus::slot).toList();
    this.extra = extra;
    this.extraGeneration = extraGeneration;
    this.byOrderOnly = byOrderOnly;
    this.stepLimit = stepLimit;
    this.phase = extra.isPresent() ? Phase.ADD_EXTRA : Phase.RESTART_NEXT;
    this.since = now;
    slots.forEach(slot -> oldGenerations.put(slot.slot(), generationOfOldProcess(slot)));
  }

  private static int generationOfOldProcess(SlotStatus slot) {
    return slot.nextGeneration() - 1;
  }

  @Override
  public Rollouts.Step next(Map<String, SlotStatus> now, Duration time) {
    Rollouts.Step step = step(now, time);
    if (step == Rollouts.Await.INSTANCE && time.minus(since).compareTo(stepLimit) > 0) {
      return giveUp(awaitedSlot(), now);
    }
    return step;
  }

  private Rollouts.Step step(Map<String, SlotStatus> now, Duration time) {
    return switch (phase) {
      case ADD_EXTRA -> {
        enter(Phase.AWAIT_EXTRA_READY, time);
        awaitedGeneration = extraGeneration + 1;
        yield new Rollouts.AddExtra(extra.orElseThrow());
      }
      case AWAIT_EXTRA_READY -> whenReady(extra.orElseThrow(), now, time);
      case RESTART_NEXT -> restartNext(now, time);
      case AWAIT_RESTARTED -> whenReady(slots.get(replaced), now, time);
      case RETIRE_EXTRA -> {
        enter(Phase.AWAIT_EXTRA_GONE, time);
        yield new Rollouts.Retire(extra.orElseThrow());
      }
      case AWAIT_EXTRA_GONE ->
          now.containsKey(extra.orElseThrow())
              ? Rollouts.Await.INSTANCE
              : new Rollouts.Done("all replaced");
    };
  }

  @Override
  public String progress() {
    return switch (phase) {
      case ADD_EXTRA, AWAIT_EXTRA_READY -> extra.orElseThrow() + " is started to stand in";
      case RESTART_NEXT, AWAIT_RESTARTED -> "%d of %d replaced".formatted(replaced, slots.size());
      case RETIRE_EXTRA, AWAIT_EXTRA_GONE ->
          "all replaced; %s, which stood in, is stopped".formatted(extra.orElseThrow());
    };
  }

  private Rollouts.Step restartNext(Map<String, SlotStatus> now, Duration time) {
    if (replaced == slots.size()) {
      if (extra.isEmpty()) {
        return new Rollouts.Done("all replaced");
      }
      enter(Phase.RETIRE_EXTRA, time);
      return step(now, time);
    }
    String slot = slots.get(replaced);
    SlotStatus status = now.get(slot);
    if (status == null) {
      return giveUp(slot, now);
    }
    if (noOtherServes(slot, now)) {
      return Rollouts.Await.INSTANCE;
    }
    if (byOrderOnly && status.awaitsLaunch()) {
      // An order would not change the launch that has begun.
      return Rollouts.Await.INSTANCE;
    }
    enter(Phase.AWAIT_RESTARTED, time);
    boolean isNew = generationOfOldProcess(status) > oldGenerations.getOrDefault(slot, 0);
    boolean isStarting =
        status.state() == SlotState.LAUNCHING || status.state() == SlotState.JOINING;
    if (!byOrderOnly && isNew && status.state() == SlotState.RUNNING) {
      // The old process has crashed, so the slot runs a new one already.
      awaitedGeneration = status.generation();
      return whenReady(slot, now, time);
    }
    if (!byOrderOnly && isStarting && status.generation() > oldGenerations.getOrDefault(slot, 0)) {
      awaitedGeneration = status.generation();
      return Rollouts.Await.INSTANCE;
    }
    awaitedGeneration = status.generation() + 1;
    return new Rollouts.RestartSlot(slot);
  }

  // The slots that serve meanwhile may have lost their processes since the last step.
  private boolean noOtherServes(String next, Map<String, SlotStatus> now) {
    if (extra.isPresent()) {
      return !isRunning(now.get(extra.get()));
    }
    return slots.stream().filter(slot -> !slot.equals(next)).noneMatch(s -> isRunning(now.get(s)));
  }

  private static boolean isRunning(@Nullable SlotStatus slot) {
    return slot != null && slot.state() == SlotState.RUNNING;
  }

  private Rollouts.Step whenReady(String name, Map<String, SlotStatus> now, Duration time) {
    SlotStatus slot = now.get(name);
    if (slot == null) {
      return giveUp(name, now);
    }
    if (hasFailed(slot, awaitedGeneration)) {
      return giveUp(name, now);
    }
    if (slot.generation() < awaitedGeneration || slot.state() != SlotState.RUNNING) {
      return Rollouts.Await.INSTANCE;
    }
    if (phase == Phase.AWAIT_RESTARTED) {
      replaced++;
    }
    enter(Phase.RESTART_NEXT, time);
    return step(now, time);
  }

  /** Whether the process of the awaited generation has ended, or a later one has. */
  static boolean hasFailed(@Nullable SlotStatus slot, int awaitedGeneration) {
    if (slot == null) {
      return true;
    }
    boolean atRest =
        slot.state() == SlotState.FAILED
            || slot.state() == SlotState.BACKING_OFF
            || slot.state() == SlotState.STOPPED;
    boolean crashed = slot.generation() > awaitedGeneration && slot.restarts() > 0;
    return crashed || (slot.generation() >= awaitedGeneration && atRest);
  }

  private void enter(Phase next, Duration time) {
    phase = next;
    since = time;
  }

  private String awaitedSlot() {
    return switch (phase) {
      case ADD_EXTRA, AWAIT_EXTRA_READY, RETIRE_EXTRA, AWAIT_EXTRA_GONE -> extra.orElseThrow();
      case RESTART_NEXT -> extra.orElse(slots.get(replaced));
      case AWAIT_RESTARTED -> slots.get(replaced);
    };
  }

  // If the extra slot does not become ready, it is retired. If another slot does not become ready,
  // the extra slot stays and serves in its place.
  private Rollouts.Step giveUp(String slot, Map<String, SlotStatus> now) {
    String found = Rollouts.describe(slot, now.get(slot));
    if (phase == Phase.AWAIT_EXTRA_GONE) {
      return new Rollouts.GiveUp("all replaced, but %s".formatted(found), Optional.empty());
    }
    String why = "%d of %d replaced: %s".formatted(replaced, slots.size(), found);
    if (extra.equals(Optional.of(slot))) {
      return new Rollouts.GiveUp(why, extra);
    }
    return new Rollouts.GiveUp(why, Optional.empty(), extra);
  }
}
