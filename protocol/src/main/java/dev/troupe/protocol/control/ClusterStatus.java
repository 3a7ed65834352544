package dev.troupe.protocol.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code status --json} prints.
 *
 * @param gateway the URL clients use, once a gateway is ready
 * @param slots seed and gateway among them
 * @param rollouts rolling restarts and scalings: those under way and the last that ended, the
 *     oldest first
 */
public record ClusterStatus(
    @Nullable String gateway,
    List<SlotStatus> slots,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Rollout> rollouts) {
  public ClusterStatus {
    slots = List.copyOf(slots);
    rollouts = rollouts == null ? List.of() : List.copyOf(rollouts);
  }

  /** Without a rolling restart. */
  public ClusterStatus(@Nullable String gateway, List<SlotStatus> slots) {
    this(gateway, slots, List.of());
  }

  /** The rollout with this id, if the seed node that began it still lives. */
  public Optional<Rollout> rollout(long id) {
    return rollouts.stream().filter(rollout -> rollout.id() == id).findFirst();
  }

  /** The newest rollout of a service. */
  public Optional<Rollout> rollout(String service) {
    return rollouts.stream()
        .filter(rollout -> rollout.service().equals(service))
        .reduce((earlier, later) -> later);
  }

  /** The slots of one service, in order. */
  public List<SlotStatus> slotsOf(String service) {
    return slots.stream().filter(slot -> slot.service().equals(service)).toList();
  }
}
