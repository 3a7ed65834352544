package dev.troupe.seed.slot;

import java.time.Duration;
import java.util.Optional;

/** Why the restart policy does not launch a process again. */
public sealed interface GiveUpReason {
  /**
   * The restart budget is spent.
   *
   * @param relaunches the number of relaunches that count
   * @param window the window that all of them are in; empty if they count because no process became
   *     ready
   */
  record BudgetSpent(int relaunches, Optional<Duration> window) implements GiveUpReason {}

  /** The process refused to start, and every other process in its place would refuse too. */
  enum Refused implements GiveUpReason {
    INSTANCE
  }
}
