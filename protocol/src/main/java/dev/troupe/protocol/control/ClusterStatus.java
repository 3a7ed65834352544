package dev.troupe.protocol.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code status --json} prints.
 *
 * @param gateway the URL clients use, once a gateway is ready
 * @param slots seed and gateway among them
 */
public record ClusterStatus(@Nullable String gateway, List<SlotStatus> slots) {
  public ClusterStatus {
    slots = List.copyOf(slots);
  }
}
