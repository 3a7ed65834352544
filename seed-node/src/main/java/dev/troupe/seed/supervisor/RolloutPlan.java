package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides, step by step, how a service gets from what it is to what an operator wants. */
interface RolloutPlan {
  /** What is to be done now. */
  sealed interface Step {}

  /** Start the slot that stands in for the others. */
  record AddExtra(String slot) implements Step {}

  record RestartSlot(String slot) implements Step {}

  /** Stop the slot, then forget it. */
  record Retire(String slot) implements Step {}

  /** Nothing until a slot changes or time passes. */
  enum Await implements Step {
    INSTANCE
  }

  record Done(String text) implements Step {}

  /**
   * It does not come to its end.
   *
   * @param why what was found
   * @param retire a slot that is not to be left running
   */
  record GiveUp(String why, Optional<String> retire) implements Step {}

  /**
   * Moves on as far as {@code slots} allow. To be asked again after each step that was taken, when
   * a slot has changed, and once a second.
   *
   * @param slots what each slot says, by name
   * @param now by the ticker
   */
  Step next(Map<String, SlotStatus> slots, Duration now);

  /** In words, how far it is. */
  String progress();

  /** A slot in words, with the reason for its state if it has one. */
  static String describe(String slot, @Nullable SlotStatus status) {
    if (status == null) {
      return slot + " is gone";
    }
    return status.reason() == null
        ? "%s is %s".formatted(slot, status.state().label())
        : "%s is %s: %s".formatted(slot, status.state().label(), status.reason());
  }
}
