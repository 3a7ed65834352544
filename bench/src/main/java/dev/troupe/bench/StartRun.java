package dev.troupe.bench;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The result of one start.
 *
 * @param wallSeconds time from the command to the answer to the first order
 * @param started figures at the first order, by slot, the launcher included
 * @param idle figures at the begin of the time at rest
 * @param idleSeconds length of the time at rest
 * @param rested figures at its end
 */
record StartRun(
    double wallSeconds,
    Map<String, ProcessFigures> started,
    Map<String, ProcessFigures> idle,
    double idleSeconds,
    Map<String, ProcessFigures> rested) {
  Set<String> slots() {
    return started.keySet();
  }

  /** The costs of all processes together. */
  StartCosts all() {
    return new StartCosts(
        ProcessFigures.sum(started.values()),
        ProcessFigures.sum(idle.values()),
        idleSeconds,
        ProcessFigures.sum(rested.values()));
  }

  Optional<StartCosts> of(String slot) {
    return Optional.ofNullable(started.get(slot))
        .map(figures -> new StartCosts(figures, idle.get(slot), idleSeconds, rested.get(slot)));
  }
}
