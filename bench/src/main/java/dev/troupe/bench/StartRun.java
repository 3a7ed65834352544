package dev.troupe.bench;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One start of the product.
 *
 * @param wallSeconds from the command to the answer of the first order
 * @param started figures at that moment, by slot, the launcher among them
 * @param idle figures some time later
 * @param idleSeconds that passed until {@code rested}
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

  /** Of all processes together. */
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
