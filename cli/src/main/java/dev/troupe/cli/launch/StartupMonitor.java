package dev.troupe.cli.launch;

import dev.troupe.cli.display.StatusDisplay;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.report.DurationFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows a start until no slot changes any more by itself, and then prints a summary. */
final class StartupMonitor {
  private static final Set<SlotState> DOWN = EnumSet.of(SlotState.FAILED, SlotState.STOPPED);
  private static final Set<SlotState> DOWN_OR_UNHEALTHY =
      EnumSet.of(SlotState.FAILED, SlotState.STOPPED, SlotState.UNHEALTHY);

  private final StatusDisplay display;
  private final String hint;
  private final Supplier<Optional<String>> dashboard;
  private final Map<String, List<String>> dependsOn;
  private final Duration unhealthyTimeout;
  private final Supplier<Duration> uptime;
  private final Duration begun;
  private @Nullable Duration onlyUnhealthySince;
  private boolean over;

  /**
   * @param hint what the user can do next, one line
   * @param dashboard how to get to the dashboard, one line; empty if the seed node does not answer
   * @param dependsOn what each service depends on, by service
   * @param startTimeout of a process. A start that waits only for unhealthy slots is over after a
   *     quarter of it
   * @param uptime monotonic time, from any moment on
   */
  StartupMonitor(
      StatusDisplay display,
      String hint,
      Supplier<Optional<String>> dashboard,
      Map<String, List<String>> dependsOn,
      Duration startTimeout,
      Supplier<Duration> uptime) {
    this.display = display;
    this.hint = hint;
    this.dashboard = dashboard;
    this.dependsOn = Map.copyOf(dependsOn);
    this.unhealthyTimeout = startTimeout.dividedBy(4);
    this.uptime = uptime;
    this.begun = uptime.get();
  }

  void onStatus(ClusterStatus status) {
    display.show(status);
    if (over || !(isSettled(status, DOWN) || waitsOnlyForUnhealthy(status))) {
      return;
    }
    over = true;
    display.markStarted(status);
    display.say(summary(status));
    dashboard.get().ifPresent(display::say);
    display.say(hint);
  }

  boolean isOver() {
    return over;
  }

  Duration elapsed() {
    return uptime.get().minus(begun);
  }

  private String summary(ClusterStatus status) {
    String where = status.gateway() == null ? "without a gateway" : "at " + status.gateway();
    String after = DurationFormat.fine(elapsed());
    List<SlotStatus> running = in(status, SlotState.RUNNING);
    if (isComplete(status)) {
      return "Running %s (%d process%s, ready after %s)"
          .formatted(where, running.size(), running.size() == 1 ? "" : "es", after);
    }
    String incomplete =
        "Running %s, but incomplete after %s: %s"
            .formatted(where, after, String.join("; ", troubles(status)));
    return running.stream().allMatch(slot -> slot.service().equals(NodeNames.SEED))
        ? incomplete
        : incomplete + ". What runs is left running";
  }

  private List<String> troubles(ClusterStatus status) {
    List<String> troubles = new ArrayList<>();
    for (SlotStatus slot : in(status, SlotState.FAILED)) {
      String reason = slot.reason();
      troubles.add(slot.slot() + " failed" + (reason == null ? "" : " (" + reason + ")"));
    }
    for (SlotStatus slot : in(status, SlotState.UNHEALTHY)) {
      troubles.add("%s is unhealthy (%s)".formatted(slot.slot(), slot.reason()));
    }
    for (SlotStatus slot : in(status, SlotState.PENDING)) {
      String missing = String.join(", ", missing(slot, status));
      troubles.add(slot.slot() + " waits for " + missing);
    }
    return troubles;
  }

  /**
   * Whether no slot changes any more unless something outside of the cluster changes.
   *
   * @param down states in which a slot does not become ready by itself
   */
  private boolean isSettled(ClusterStatus status, Set<SlotState> down) {
    return !status.slots().isEmpty()
        && status.slots().stream()
            .allMatch(
                slot ->
                    slot.state().isSettled()
                        || down.contains(slot.state())
                        || waitsForNothing(slot, status, down, Set.of()));
  }

  // An unhealthy slot may recover, as when its database comes up, or it may never do so.
  private boolean waitsOnlyForUnhealthy(ClusterStatus status) {
    if (!isSettled(status, DOWN_OR_UNHEALTHY)) {
      onlyUnhealthySince = null;
      return false;
    }
    Duration now = uptime.get();
    if (onlyUnhealthySince == null) {
      onlyUnhealthySince = now;
    }
    return now.minus(onlyUnhealthySince).compareTo(unhealthyTimeout) >= 0;
  }

  static boolean isComplete(ClusterStatus status) {
    return Stream.of(SlotState.FAILED, SlotState.UNHEALTHY, SlotState.PENDING)
        .allMatch(state -> in(status, state).isEmpty());
  }

  // A pending slot waits for nothing when a service that it depends on has no slot that will run.
  private boolean waitsForNothing(
      SlotStatus slot, ClusterStatus status, Set<SlotState> down, Set<String> visited) {
    if (slot.state() != SlotState.PENDING || visited.contains(slot.service())) {
      return false;
    }
    Set<String> path = new HashSet<>(visited);
    path.add(slot.service());
    return missing(slot, status).stream()
        .anyMatch(
            service ->
                status.slotsOf(service).stream()
                    .allMatch(
                        needed ->
                            down.contains(needed.state())
                                || waitsForNothing(needed, status, down, path)));
  }

  private List<String> missing(SlotStatus slot, ClusterStatus status) {
    return dependsOn.getOrDefault(slot.service(), List.of()).stream()
        .filter(
            service ->
                status.slotsOf(service).stream()
                    .noneMatch(needed -> needed.state() == SlotState.RUNNING))
        .toList();
  }

  private static List<SlotStatus> in(ClusterStatus status, SlotState state) {
    return status.slots().stream().filter(slot -> slot.state() == state).toList();
  }
}
