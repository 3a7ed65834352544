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
 * stopped. Where there can be no extra slot the others stand in for the one being restarted.
 *
 * <p>A slot counts as replaced when it runs a process that was launched after the rolling restart
 * began, whoever launched it. Each step has a time limit.
 */
final class RollingRestart implements Rollouts.Plan {
  private enum Phase {
    ADD_EXTRA,
    EXTRA_STARTS,
    RESTART_NEXT,
    RESTARTED,
    RETIRE_EXTRA,
    EXTRA_STOPS
  }

  private final List<String> slots;
  private final Optional<String> extra;
  private final int extraGeneration;
  private final Map<String, Integer> oldGenerations = new HashMap<>();
  private final Duration stepLimit;
  private Phase phase;
  private Duration since;
  private int replaced;
  private int awaitedGeneration;

  /**
   * @param slots to be restarted, in this order; at least one
   * @param extra the name of the slot that stands in; without one, there must be two slots
   * @param extraGeneration of its last launch, 0 if there was none
   * @param stepLimit the longest time for one slot to stop and to become ready
   * @param now by the ticker
   */
  RollingRestart(
      List<SlotStatus> slots,
      Optional<String> extra,
      int extraGeneration,
      Duration stepLimit,
      Duration now) {
    this.slots = slots.stream().map(SlotStatus::slot).toList();
    this.extra = extra;
    this.extraGeneration = extraGeneration;
    this.stepLimit = stepLimit;
    this.phase = extra.isPresent() ? Phase.ADD_EXTRA : Phase.RESTART_NEXT;
    this.since = now;
    slots.forEach(slot -> oldGenerations.put(slot.slot(), generationOfOldProcess(slot)));
  }

  // A process that is still to be launched is a new one.
  private static int generationOfOldProcess(SlotStatus slot) {
    boolean toBeLaunched = slot.state() == SlotState.LAUNCHING && slot.pid() == null;
    return toBeLaunched ? slot.generation() - 1 : slot.generation();
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
        enter(Phase.EXTRA_STARTS, time);
        awaitedGeneration = extraGeneration + 1;
        yield new Rollouts.AddExtra(extra.orElseThrow());
      }
      case EXTRA_STARTS -> whenReady(extra.orElseThrow(), now, time);
      case RESTART_NEXT -> restartNext(now, time);
      case RESTARTED -> whenReady(slots.get(replaced), now, time);
      case RETIRE_EXTRA -> {
        enter(Phase.EXTRA_STOPS, time);
        yield new Rollouts.Retire(extra.orElseThrow());
      }
      case EXTRA_STOPS ->
          now.containsKey(extra.orElseThrow())
              ? Rollouts.Await.INSTANCE
              : new Rollouts.Done("all replaced");
    };
  }

  @Override
  public String progress() {
    return switch (phase) {
      case ADD_EXTRA, EXTRA_STARTS -> extra.orElseThrow() + " is started to stand in";
      case RESTART_NEXT, RESTARTED -> "%d of %d replaced".formatted(replaced, slots.size());
      case RETIRE_EXTRA, EXTRA_STOPS ->
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
    if (standInsMissing(slot, now)) {
      return Rollouts.Await.INSTANCE;
    }
    enter(Phase.RESTARTED, time);
    boolean isNew = generationOfOldProcess(status) > oldGenerations.getOrDefault(slot, 0);
    boolean comes = status.state() == SlotState.LAUNCHING || status.state() == SlotState.JOINING;
    if (isNew && status.state() == SlotState.RUNNING) {
      // It has crashed and was relaunched before its turn.
      awaitedGeneration = status.generation();
      return whenReady(slot, now, time);
    }
    if (comes && status.generation() > oldGenerations.getOrDefault(slot, 0)) {
      awaitedGeneration = status.generation();
      return Rollouts.Await.INSTANCE;
    }
    awaitedGeneration = status.generation() + 1;
    return new Rollouts.RestartSlot(slot);
  }

  // Whoever stands in may have died in the meantime.
  private boolean standInsMissing(String next, Map<String, SlotStatus> now) {
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
    boolean atRest =
        slot.state() == SlotState.FAILED
            || slot.state() == SlotState.BACKING_OFF
            || slot.state() == SlotState.STOPPED;
    boolean crashed = slot.generation() > awaitedGeneration && slot.restarts() > 0;
    if (crashed || (slot.generation() >= awaitedGeneration && atRest)) {
      return giveUp(name, now);
    }
    if (slot.generation() < awaitedGeneration || slot.state() != SlotState.RUNNING) {
      return Rollouts.Await.INSTANCE;
    }
    if (phase == Phase.RESTARTED) {
      replaced++;
    }
    enter(Phase.RESTART_NEXT, time);
    return step(now, time);
  }

  private void enter(Phase next, Duration time) {
    phase = next;
    since = time;
  }

  private String awaitedSlot() {
    return switch (phase) {
      case ADD_EXTRA, EXTRA_STARTS, RETIRE_EXTRA, EXTRA_STOPS -> extra.orElseThrow();
      case RESTART_NEXT -> extra.orElse(slots.get(replaced));
      case RESTARTED -> slots.get(replaced);
    };
  }

  // A new process that does not become ready is not left running beside the others; what stands in
  // for an old one is.
  private Rollouts.Step giveUp(String slot, Map<String, SlotStatus> now) {
    String found = Rollouts.describe(slot, now.get(slot));
    if (phase == Phase.EXTRA_STOPS) {
      return new Rollouts.GiveUp("all replaced, but %s".formatted(found), Optional.empty());
    }
    String why = "%d of %d replaced: %s".formatted(replaced, slots.size(), found);
    if (extra.equals(Optional.of(slot))) {
      return new Rollouts.GiveUp(why, extra);
    }
    return new Rollouts.GiveUp(
        extra
            .map(name -> "%s; %s serves beside it until the service is scaled".formatted(why, name))
            .orElse(why),
        Optional.empty());
  }
}
