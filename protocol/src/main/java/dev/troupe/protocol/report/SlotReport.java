package dev.troupe.protocol.report;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.settings.RestartSettings;
import dev.troupe.protocol.text.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code why} prints about a slot: its state, the end of its last process, what followed, and
 * the last log lines of that process.
 *
 * @param now the status that the seed node gives; null if no seed node answers
 * @param events of this slot, the oldest first
 * @param budget of its relaunches, if the settings name the slot
 */
public record SlotReport(
    String slot, @Nullable SlotStatus now, List<Event> events, @Nullable RestartSettings budget) {
  public SlotReport {
    events = List.copyOf(events);
  }

  public List<String> lines(TimeFormat times) {
    List<String> lines = new ArrayList<>();
    List<Event> steps = steps();
    lines.add(state(steps, times));
    Optional<String> unseen = ExitReport.unseenEnd(steps, times);
    // An exit from before an unseen end does not explain the state of now.
    Optional<ExitReport> last = unseen.isPresent() ? Optional.empty() : ExitReport.last(steps);
    unseen.ifPresent(lines::add);
    last.map(exit -> exit.sentence(isReplaced(exit), times)).ifPresent(lines::add);
    suspension(times).ifPresent(lines::add);
    adoption(times).ifPresent(lines::add);
    launchFailure(times).ifPresent(lines::add);
    budget(times.now()).ifPresent(lines::add);
    last.ifPresent(exit -> lines.addAll(exit.log()));
    return lines.stream().map(VisibleText::line).toList();
  }

  // The suspension of an action happens beside the life of the slot and is no step of it.
  private List<Event> steps() {
    return events.stream().filter(event -> event.kind() != EventKind.ACTION_SUSPENDED).toList();
  }

  private String state(List<Event> steps, TimeFormat times) {
    if (now != null) {
      return SlotStateText.of(now, steps, times);
    }
    if (steps.isEmpty()) {
      return slot + " has never been launched, as far as the journal goes back.";
    }
    return SlotStateText.of(steps.get(steps.size() - 1), slot, times);
  }

  private boolean isReplaced(ExitReport last) {
    return now == null
        ? last.isFollowedBy(EventKind.LAUNCHED)
        : now.pid() != null && !Objects.equals(now.pid(), last.pid());
  }

  private Optional<Event> last(EventKind kind) {
    return events.stream().filter(event -> event.kind() == kind).reduce((earlier, later) -> later);
  }

  private Optional<String> suspension(TimeFormat times) {
    return last(EventKind.ACTION_SUSPENDED)
        .map(event -> "At %s %s.".formatted(times.at(event.at()), event.reason()));
  }

  // Only of the process that runs now: which seed node watched an ended one explains nothing.
  private Optional<String> adoption(TimeFormat times) {
    return events.stream()
        .filter(event -> event.kind() == EventKind.ADOPTED)
        .filter(event -> now != null && Objects.equals(event.pid(), now.pid()))
        .reduce((earlier, later) -> later)
        .map(
            event ->
                "A new seed node took it over as it was, at %s.".formatted(times.at(event.at())));
  }

  private Optional<String> launchFailure(TimeFormat times) {
    return last(EventKind.LAUNCH_FAILED)
        .filter(failed -> !isLaunchedAfter(failed))
        .map(
            failed ->
                "Generation %d %s, at %s."
                    .formatted(failed.generation(), failed.reason(), times.at(failed.at())));
  }

  private boolean isLaunchedAfter(Event failed) {
    return events.subList(events.indexOf(failed), events.size()).stream()
        .anyMatch(event -> event.kind() == EventKind.LAUNCHED);
  }

  private Optional<String> budget(Instant at) {
    if (budget == null || now == null) {
      return Optional.empty();
    }
    if (now.state() == SlotState.FAILED) {
      return Optional.of("Nothing launches it again but: bin/troupe restart " + slot);
    }
    return Optional.of(
        "Relaunches in the last %d s: %d of %d."
            .formatted(
                budget.window().toSeconds(),
                relaunchesSince(at.minus(budget.window())),
                budget.maxRestarts()));
  }

  // A wait and the launch after it are one relaunch. A relaunch by order has no count. A count that
  // is lower than before began again after a process was ready for long.
  private int relaunchesSince(Instant from) {
    int count = 0;
    EventKind previous = EventKind.LAUNCHED;
    for (Event event : steps()) {
      boolean isRelaunch =
          event.kind() == EventKind.BACKING_OFF
              || (event.kind() == EventKind.RELAUNCHING && previous != EventKind.BACKING_OFF);
      Integer counted = event.restarts();
      if (isRelaunch && counted != null) {
        count = event.at().isAfter(from) ? Math.min(count + 1, counted) : 0;
      }
      previous = event.kind();
    }
    return count;
  }
}
