package dev.troupe.cli.launch;

import dev.troupe.cli.display.Progress;
import dev.troupe.cli.display.Spans;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Follows a start until nothing further happens by itself, and sums it up. */
final class Startup {
  private final Progress progress;
  private final String hint;
  private final Map<String, List<String>> dependsOn;
  private final Supplier<Duration> uptime;
  private final Duration begun;
  private boolean over;

  /**
   * @param hint what the user can do next, one line
   * @param dependsOn what each service depends on, by service
   * @param uptime monotonic time, from any moment on
   */
  Startup(
      Progress progress,
      String hint,
      Map<String, List<String>> dependsOn,
      Supplier<Duration> uptime) {
    this.progress = progress;
    this.hint = hint;
    this.dependsOn = Map.copyOf(dependsOn);
    this.uptime = uptime;
    this.begun = uptime.get();
  }

  void see(ClusterStatus status) {
    progress.show(status);
    if (over || !isSettled(status)) {
      return;
    }
    over = true;
    progress.markStarted(status);
    progress.say(summary(status));
    progress.say(hint);
  }

  boolean isOver() {
    return over;
  }

  Duration elapsed() {
    return uptime.get().minus(begun);
  }

  private String summary(ClusterStatus status) {
    String where = status.gateway() == null ? "without a gateway" : "at " + status.gateway();
    String after = Spans.fine(elapsed());
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
    for (SlotStatus slot : in(status, SlotState.PENDING)) {
      String missing = String.join(", ", missing(slot, status));
      troubles.add(slot.slot() + " waits for " + missing);
    }
    return troubles;
  }

  /** Whether no slot changes any more unless somebody or something outside of the cluster acts. */
  boolean isSettled(ClusterStatus status) {
    return !status.slots().isEmpty()
        && status.slots().stream()
            .allMatch(slot -> slot.state().isSettled() || waitsInVain(slot, status, Set.of()));
  }

  static boolean isComplete(ClusterStatus status) {
    return in(status, SlotState.FAILED).isEmpty() && in(status, SlotState.PENDING).isEmpty();
  }

  // For something of which no slot runs nor will run.
  private boolean waitsInVain(SlotStatus slot, ClusterStatus status, Set<String> visited) {
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
                            needed.state() == SlotState.FAILED
                                || needed.state() == SlotState.STOPPED
                                || waitsInVain(needed, status, path)));
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
