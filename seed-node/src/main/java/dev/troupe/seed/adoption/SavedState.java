package dev.troupe.seed.adoption;

import dev.troupe.protocol.process.ProcessIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the state file tells the next seed node.
 *
 * @param slots the slots whose process was alive when the file was written
 * @param generations the last generation of each slot, so that a slot never uses one twice
 * @param scaled the number of slots of each service that an operator has scaled
 * @param ended addresses of processes that have ended, the newest last
 */
public record SavedState(
    List<SavedSlot> slots,
    Map<String, Integer> generations,
    Map<String, Integer> scaled,
    List<String> ended) {
  /**
   * The process of a slot.
   *
   * @param sinceBoot as in {@link ProcessIdentity}; null also if an earlier version wrote the file
   * @param joined whether its node has been a member of the cluster
   */
  public record SavedSlot(
      String slot,
      int generation,
      long pid,
      Instant startedAt,
      @Nullable String sinceBoot,
      String address,
      boolean joined) {
    ProcessIdentity process() {
      return new ProcessIdentity(pid, startedAt, sinceBoot);
    }
  }

  /** The most ended processes that are kept. A process that ended earlier is no member any more. */
  public static final int MOST_ENDED = 200;

  public static final SavedState NOTHING = new SavedState(List.of(), Map.of(), Map.of(), List.of());

  public SavedState {
    slots = List.copyOf(slots);
    generations = Map.copyOf(generations);
    scaled = scaled == null ? Map.of() : Map.copyOf(scaled);
    ended = ended == null ? List.of() : List.copyOf(ended);
  }
}
