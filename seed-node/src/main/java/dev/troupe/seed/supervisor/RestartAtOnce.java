package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Replaces the processes of a service all at once. Until one is ready, its requests wait. */
final class RestartAtOnce implements Rollouts.Plan {
  private final Map<String, Integer> awaited = new HashMap<>();
  private final List<String> slots;
  private final Duration limit;
  private final Duration since;
  private boolean begun;
  private int ready;

  /**
   * @param limit the longest time it may take
   * @param now by the ticker
   */
  RestartAtOnce(List<SlotStatus> slots, Duration limit, Duration now) {
    this.slots = slots.stream().map(SlotStatus::slot).toList();
    this.limit = limit;
    this.since = now;
    slots.forEach(slot -> awaited.put(slot.slot(), slot.nextGeneration()));
  }

  @Override
  public Rollouts.Step next(Map<String, SlotStatus> now, Duration time) {
    if (!begun) {
      begun = true;
      return new Rollouts.RestartSlots(slots);
    }
    List<String> notReady =
        slots.stream().filter(slot -> !isReplaced(slot, now.get(slot))).toList();
    ready = slots.size() - notReady.size();
    if (notReady.isEmpty()) {
      return new Rollouts.Done("all replaced");
    }
    boolean failed =
        notReady.stream()
            .anyMatch(slot -> RollingRestart.hasFailed(now.get(slot), awaitedGeneration(slot)));
    if (!failed && time.minus(since).compareTo(limit) <= 0) {
      return Rollouts.Await.INSTANCE;
    }
    return new Rollouts.GiveUp(
        notReady.stream()
            .map(slot -> Rollouts.describe(slot, now.get(slot)))
            .collect(Collectors.joining("; ")),
        Optional.empty());
  }

  @Override
  public String progress() {
    return "%d of %d replaced".formatted(ready, slots.size());
  }

  private boolean isReplaced(String name, @Nullable SlotStatus slot) {
    return slot != null
        && slot.generation() >= awaitedGeneration(name)
        && slot.state() == SlotState.RUNNING;
  }

  private int awaitedGeneration(String slot) {
    return awaited.getOrDefault(slot, 0);
  }
}
