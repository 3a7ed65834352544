package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.slot.SlotActor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides, step by step, how the processes of a service are replaced without ever having fewer
 * ready than before: an extra slot is started first, then each slot is restarted once the one
 * before it is ready, then the extra one is stopped.
 *
 * <p>Where there can be no extra slot the others stand in for the one being restarted.
 */
final class RollingRestart {
  /** What is to be done now. */
  sealed interface Step {}

  /** Start the extra slot. */
  record AddExtra(String slot) implements Step {}

  record RestartSlot(String slot) implements Step {}

  /** Stop the extra slot, then forget it. */
  record RetireExtra(String slot) implements Step {}

  /** Nothing until a slot changes. */
  enum Await implements Step {
    INSTANCE
  }

  /** All are replaced. */
  enum Done implements Step {
    INSTANCE
  }

  /**
   * A new process did not become ready: no other is replaced.
   *
   * @param failed the slot it was for
   */
  record GiveUp(String failed, String why) implements Step {}

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
  private Phase phase;
  private int restarted;
  private int awaitedGeneration;

  /**
   * @param slots to be restarted, in this order; at least one
   * @param extra the name of the slot that stands in; without one, there must be two slots
   */
  RollingRestart(List<String> slots, Optional<String> extra) {
    this.slots = List.copyOf(slots);
    this.extra = extra;
    this.phase = extra.isPresent() ? Phase.ADD_EXTRA : Phase.RESTART_NEXT;
  }

  /**
   * Moves on as far as {@code now} allows. To be asked again after each step that was taken, and
   * whenever a slot has changed.
   *
   * @param now what each slot says, by name
   * @param lastGeneration of the extra slot, from earlier times; 0 if there was none
   */
  Step next(Map<String, SlotStatus> now, int lastGeneration) {
    return switch (phase) {
      case ADD_EXTRA -> {
        phase = Phase.EXTRA_STARTS;
        awaitedGeneration = lastGeneration + 1;
        yield new AddExtra(extra.orElseThrow());
      }
      case EXTRA_STARTS -> whenReady(now.get(extra.orElseThrow()), Phase.RESTART_NEXT, now);
      case RESTART_NEXT -> restartNext(now);
      case RESTARTED -> whenReady(now.get(slots.get(restarted)), Phase.RESTART_NEXT, now);
      case RETIRE_EXTRA -> {
        phase = Phase.EXTRA_STOPS;
        yield new RetireExtra(extra.orElseThrow());
      }
      case EXTRA_STOPS -> now.containsKey(extra.orElseThrow()) ? Await.INSTANCE : Done.INSTANCE;
    };
  }

  /** In words, what it is at. */
  String progress() {
    return switch (phase) {
      case ADD_EXTRA, EXTRA_STARTS -> extra.orElseThrow() + " is started to stand in";
      case RESTART_NEXT, RESTARTED -> "%d of %d replaced".formatted(restarted, slots.size());
      case RETIRE_EXTRA, EXTRA_STOPS ->
          "all replaced; %s, which stood in, is stopped".formatted(extra.orElseThrow());
    };
  }

  private Step restartNext(Map<String, SlotStatus> now) {
    if (restarted == slots.size()) {
      if (extra.isEmpty()) {
        return Done.INSTANCE;
      }
      phase = Phase.RETIRE_EXTRA;
      return next(now, 0);
    }
    String slot = slots.get(restarted);
    SlotStatus status = now.get(slot);
    awaitedGeneration = status == null ? 1 : status.generation() + 1;
    phase = Phase.RESTARTED;
    return new RestartSlot(slot);
  }

  private Step whenReady(SlotStatus slot, Phase then, Map<String, SlotStatus> now) {
    boolean atRest =
        slot.state() == SlotState.FAILED
            || slot.state() == SlotState.BACKING_OFF
            || slot.state() == SlotState.STOPPED;
    boolean late =
        slot.state() == SlotState.UNHEALTHY
            && String.valueOf(slot.reason()).startsWith(SlotActor.LATE);
    boolean lost =
        slot.generation() > awaitedGeneration
            || (slot.generation() == awaitedGeneration && (atRest || late));
    if (lost) {
      return new GiveUp(slot.slot(), "" + slot.reason());
    }
    if (slot.generation() < awaitedGeneration || slot.state() != SlotState.RUNNING) {
      return Await.INSTANCE;
    }
    if (phase == Phase.RESTARTED) {
      restarted++;
    }
    phase = then;
    return next(now, 0);
  }
}
