package dev.troupe.seed.slot;

import java.time.Duration;
import java.util.Optional;

/** Why a slot is not launched again. */
public sealed interface GiveUpReason {
  /**
   * @param relaunches that were tried
   * @param window in which they were; nothing if none of them ever got ready, however long it took
   */
  record BudgetSpent(int relaunches, Optional<Duration> window) implements GiveUpReason {}

  /** Its process refused to start, and said that another would do the same. */
  enum Refused implements GiveUpReason {
    INSTANCE
  }
}
