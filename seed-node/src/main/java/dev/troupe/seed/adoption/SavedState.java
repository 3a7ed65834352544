package dev.troupe.seed.adoption;

import java.util.List;
import java.util.Map;

/**
 * What a seed node leaves for the next one.
 *
 * @param slots with a process that was alive when this was written
 * @param generations of all slots, so that they never count back
 * @param scaled how many slots a service was given, where that is not what the settings say
 * @param ended addresses of processes that have ended, the newest last
 */
public record SavedState(
    List<SavedSlot> slots,
    Map<String, Integer> generations,
    Map<String, Integer> scaled,
    List<String> ended) {
  /** Of older ones no member of the cluster can be left. */
  public static final int MOST_ENDED = 200;

  public static final SavedState NOTHING = new SavedState(List.of(), Map.of(), Map.of(), List.of());

  public SavedState {
    slots = List.copyOf(slots);
    generations = Map.copyOf(generations);
    scaled = scaled == null ? Map.of() : Map.copyOf(scaled);
    ended = ended == null ? List.of() : List.copyOf(ended);
  }
}
