package dev.troupe.seed.slot;

import dev.troupe.protocol.control.SlotState;
import java.time.Instant;

/**
 * Decides since when a slot is what it is shown as, by the clock. Several of its states are one to
 * operators, and a process that was adopted has been there since its start, not since its adoption.
 */
final class ShownSince {
  private ShownSince() {}

  static Instant first(LifecycleState state, Instant now) {
    SlotProcess process = state.process();
    return process == null ? now : start(process, now);
  }

  /**
   * @param since what was said of {@code before}
   */
  static Instant next(LifecycleState before, Instant since, LifecycleState state, Instant now) {
    boolean sameGeneration = before.history().generation() == state.history().generation();
    if (sameGeneration && before.shown() == state.shown()) {
      return since;
    }
    SlotProcess process = state.process();
    SlotProcess earlier = before.process();
    boolean isSeenForTheFirstTime =
        sameGeneration
            && process != null
            && process.isAdopted()
            && earlier != null
            && earlier.readyAt() == null
            && isOnItsWay(state);
    return isSeenForTheFirstTime ? start(process, now) : now;
  }

  private static boolean isOnItsWay(LifecycleState state) {
    return state.shown() == SlotState.LAUNCHING
        || state.shown() == SlotState.JOINING
        || state.shown() == SlotState.RUNNING;
  }

  // The epoch stands for a system that does not say when it started.
  private static Instant start(SlotProcess process, Instant now) {
    Instant start = process.identity().startedAt();
    return start.equals(Instant.EPOCH) || start.isAfter(now) ? now : start;
  }
}
