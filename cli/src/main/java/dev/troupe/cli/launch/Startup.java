package dev.troupe.cli.launch;

import dev.troupe.cli.display.Progress;
import dev.troupe.cli.display.Spans;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Follows a start until every slot is either running or given up, and sums it up. */
final class Startup {
  private final Progress progress;
  private final String hint;
  private final Clock clock;
  private final Instant begun;
  private boolean over;

  /**
   * @param hint what the user can do next, one line
   */
  Startup(Progress progress, String hint, Clock clock) {
    this.progress = progress;
    this.hint = hint;
    this.clock = clock;
    this.begun = clock.instant();
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
    return Duration.between(begun, clock.instant());
  }

  private String summary(ClusterStatus status) {
    String where = status.gateway() == null ? "without a gateway" : "at " + status.gateway();
    String after = Spans.fine(elapsed());
    List<SlotStatus> running = in(status, SlotState.RUNNING);
    if (isComplete(status)) {
      return "Running %s (%d process%s, ready after %s)"
          .formatted(where, running.size(), running.size() == 1 ? "" : "es", after);
    }
    return "Running %s, but incomplete after %s: %s failed"
        .formatted(
            where,
            after,
            in(status, SlotState.FAILED).stream()
                .map(SlotStatus::slot)
                .collect(Collectors.joining(", ")));
  }

  static boolean isSettled(ClusterStatus status) {
    return !status.slots().isEmpty()
        && status.slots().stream().allMatch(slot -> slot.state().isSettled());
  }

  static boolean isComplete(ClusterStatus status) {
    return in(status, SlotState.FAILED).isEmpty();
  }

  private static List<SlotStatus> in(ClusterStatus status, SlotState state) {
    return status.slots().stream().filter(slot -> slot.state() == state).toList();
  }
}
