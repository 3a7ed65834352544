package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits until a service has its new number of ready slots, and its surplus slots are gone. */
final class Scaling implements Rollouts.Plan {
  private final String service;
  private final List<String> wanted;
  private final Duration limit;
  private final Duration since;
  private int ready;

  /**
   * @param limit the longest time it may take
   * @param now by the ticker
   */
  Scaling(String service, List<String> wanted, Duration limit, Duration now) {
    this.service = service;
    this.wanted = List.copyOf(wanted);
    this.limit = limit;
    this.since = now;
  }

  @Override
  public Rollouts.Step next(Map<String, SlotStatus> now, Duration time) {
    Optional<String> resting =
        wanted.stream()
            .filter(slot -> isAt(now.get(slot), SlotState.FAILED, SlotState.STOPPED))
            .findFirst();
    if (resting.isPresent()) {
      return giveUp(now, resting.stream());
    }
    List<String> notReady =
        wanted.stream().filter(slot -> !isAt(now.get(slot), SlotState.RUNNING)).toList();
    List<String> surplus =
        now.values().stream()
            .filter(slot -> slot.service().equals(service) && !wanted.contains(slot.slot()))
            .map(SlotStatus::slot)
            .toList();
    ready = wanted.size() - notReady.size();
    if (notReady.isEmpty() && surplus.isEmpty()) {
      return new Rollouts.Done("%s has %d ready".formatted(service, ready));
    }
    return time.minus(since).compareTo(limit) > 0
        ? giveUp(now, Stream.concat(notReady.stream(), surplus.stream()))
        : Rollouts.Await.INSTANCE;
  }

  @Override
  public String progress() {
    return "%d of %d ready".formatted(ready, wanted.size());
  }

  private static Rollouts.GiveUp giveUp(Map<String, SlotStatus> now, Stream<String> slots) {
    List<String> found = slots.map(slot -> Rollouts.describe(slot, now.get(slot))).toList();
    return new Rollouts.GiveUp(String.join("; ", found), Optional.empty());
  }

  private static boolean isAt(@Nullable SlotStatus slot, SlotState... states) {
    return slot != null && List.of(states).contains(slot.state());
  }
}
