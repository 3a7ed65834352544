package dev.troupe.seed.adoption;

import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.seed.adoption.SavedState.SavedSlot;
import java.util.Map;
import java.util.Optional;

/** Finds values in a state file that no seed node writes and that would harm the seed node. */
final class SavedStateCheck {
  /** A slot that is launched once per second reaches this only after thirty years. */
  private static final int MOST_GENERATIONS = 1_000_000_000;

  private static final int MOST_SLOTS = 10_000;

  private SavedStateCheck() {}

  /** The first unusable value, and what was expected; empty if the state can be used. */
  static Optional<String> faultOf(SavedState state) {
    if (state.slots().size() > MOST_SLOTS || state.generations().size() > MOST_SLOTS) {
      return Optional.of("it names more than %d slots".formatted(MOST_SLOTS));
    }
    if (state.ended().size() > SavedState.MOST_ENDED) {
      return Optional.of(
          "it names more than %d processes that have ended".formatted(SavedState.MOST_ENDED));
    }
    for (Map.Entry<String, Integer> scaled : state.scaled().entrySet()) {
      if (scaled.getValue() < 0 || scaled.getValue() > ServiceSettings.MOST_INSTANCES) {
        return fault(
            "scaled of " + scaled.getKey(), scaled.getValue(), 0, ServiceSettings.MOST_INSTANCES);
      }
    }
    for (Map.Entry<String, Integer> generation : state.generations().entrySet()) {
      if (generation.getValue() < 0 || generation.getValue() > MOST_GENERATIONS) {
        return fault(
            "generation of " + generation.getKey(), generation.getValue(), 0, MOST_GENERATIONS);
      }
    }
    return state.slots().stream().flatMap(slot -> faultOf(slot).stream()).findFirst();
  }

  private static Optional<String> faultOf(SavedSlot slot) {
    if (slot.slot() == null || slot.startedAt() == null || slot.address() == null) {
      return Optional.of("a slot has no name, no start time or no address");
    }
    if (slot.generation() < 1 || slot.generation() > MOST_GENERATIONS) {
      return fault("generation of " + slot.slot(), slot.generation(), 1, MOST_GENERATIONS);
    }
    return slot.pid() < 1
        ? Optional.of("pid of %s: %d (expected: 1 or more)".formatted(slot.slot(), slot.pid()))
        : Optional.empty();
  }

  private static Optional<String> fault(String what, int value, int least, int most) {
    return Optional.of("%s: %d (expected: %d to %d)".formatted(what, value, least, most));
  }
}
