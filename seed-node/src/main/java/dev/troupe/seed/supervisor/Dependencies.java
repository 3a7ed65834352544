package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which slots may start and which may stop: a service starts after what it depends on and
 * stops before it. Gateways depend on nothing to start, but stop first of all.
 */
final class Dependencies {
  private final Map<String, List<String>> dependsOn;

  /**
   * @param dependsOn what each service depends on, by service
   */
  Dependencies(Map<String, List<String>> dependsOn) {
    this.dependsOn = Map.copyOf(dependsOn);
  }

  /**
   * The slots that have not been started yet, and whose services depend only on running services.
   */
  List<SlotStatus> startable(Collection<SlotStatus> slots) {
    return slots.stream()
        .filter(slot -> slot.state() == SlotState.PENDING)
        .filter(slot -> missing(slot.service(), slots).isEmpty())
        .toList();
  }

  /** The services that {@code service} depends on and that do not run. */
  List<String> missing(String service, Collection<SlotStatus> slots) {
    Set<String> running =
        slots.stream()
            .filter(slot -> slot.state() == SlotState.RUNNING)
            .map(SlotStatus::service)
            .collect(Collectors.toSet());
    return needs(service).stream().filter(needed -> !running.contains(needed)).toList();
  }

  /** Adds a reason to the status of a slot that waits for other services before its first start. */
  SlotStatus explain(SlotStatus slot, Collection<SlotStatus> slots) {
    List<String> missing = missing(slot.service(), slots);
    return slot.state() != SlotState.PENDING || missing.isEmpty()
        ? slot
        : slot.withReason("waits for " + String.join(", ", missing));
  }

  /** A slot that serves stops in its wave; a slot that does not serve yet stops at once. */
  List<SlotStatus> stoppable(Collection<SlotStatus> slots) {
    List<SlotStatus> live = slots.stream().filter(slot -> !isAtRest(slot)).toList();
    boolean gatewaysLeft = live.stream().anyMatch(slot -> !isService(slot));
    return live.stream()
        .filter(slot -> slot.state() != SlotState.STOPPING)
        .filter(
            slot ->
                isNotServingYet(slot) || (isService(slot) != gatewaysLeft && !isNeeded(slot, live)))
        .toList();
  }

  private static boolean isNotServingYet(SlotStatus slot) {
    return switch (slot.state()) {
      case PENDING, LAUNCHING, JOINING, BACKING_OFF -> true;
      default -> false;
    };
  }

  private boolean isNeeded(SlotStatus slot, List<SlotStatus> live) {
    return live.stream().anyMatch(other -> needs(other.service()).contains(slot.service()));
  }

  static boolean isAtRest(SlotStatus slot) {
    return slot.state() == SlotState.STOPPED || slot.state() == SlotState.FAILED;
  }

  private boolean isService(SlotStatus slot) {
    return dependsOn.containsKey(slot.service());
  }

  private List<String> needs(String service) {
    return dependsOn.getOrDefault(service, List.of());
  }
}
