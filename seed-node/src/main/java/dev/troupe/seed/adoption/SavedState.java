package dev.troupe.seed.adoption;

import java.util.List;
import java.util.Map;

/**
 * What a seed node leaves for the next one.
 *
 * @param slots with a process that was alive when this was written
 * @param generations of all slots, so that they never count back
 * @param scaled how many slots a service was given, where that is not what the settings say
 */
public record SavedState(
    List<SavedSlot> slots, Map<String, Integer> generations, Map<String, Integer> scaled) {
  public static final SavedState NOTHING = new SavedState(List.of(), Map.of(), Map.of());

  public SavedState {
    slots = List.copyOf(slots);
    generations = Map.copyOf(generations);
    scaled = scaled == null ? Map.of() : Map.copyOf(scaled);
  }
}
