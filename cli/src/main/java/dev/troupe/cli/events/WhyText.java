package dev.troupe.cli.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.text.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What happened last to a slot, in sentences, and the log lines that matter. */
final class WhyText {
  private WhyText() {}

  static List<String> lines(SlotReport all, TimeFormat moments) {
    // The others are steps in the life of the slot, whose order tells something.
    SlotReport slot = all.without(EventKind.ACTION_SUSPENDED);
    List<String> lines = new ArrayList<>();
    lines.add(current(slot, moments));
    Optional<String> unseen = UnseenEnd.sentence(slot.events(), moments);
    // What ended before an end that nobody saw explains nothing any more.
    Optional<LastExit> last = unseen.isPresent() ? Optional.empty() : LastExit.in(slot.events());
    unseen.ifPresent(lines::add);
    last.map(exit -> ExitSentence.of(exit, isFollowed(slot, exit), moments)).ifPresent(lines::add);
    suspension(all, moments).ifPresent(lines::add);
    adoption(slot, moments).ifPresent(lines::add);
    launchFailure(slot, moments).ifPresent(lines::add);
    budget(slot, moments.now()).ifPresent(lines::add);
    last.map(LastExit::exit)
        .filter(exit -> !exit.log().isEmpty())
        .ifPresent(exit -> log(exit, lines));
    return lines.stream().map(VisibleText::line).toList();
  }

  private static String current(SlotReport slot, TimeFormat moments) {
    if (slot.now() != null) {
      return NowSentence.of(slot.now(), slot.events(), moments);
    }
    if (slot.events().isEmpty()) {
      return slot.slot() + " has never been launched, as far as the journal goes back.";
    }
    return NowSentence.of(slot.events().get(slot.events().size() - 1), slot.slot(), moments);
  }

  private static Optional<String> suspension(SlotReport slot, TimeFormat moments) {
    return slot.events().stream()
        .filter(event -> event.kind() == EventKind.ACTION_SUSPENDED)
        .reduce((first, second) -> second)
        .map(event -> "At %s %s.".formatted(moments.at(event.at()), event.reason()));
  }

  private static boolean isFollowed(SlotReport slot, LastExit last) {
    SlotStatus now = slot.now();
    return now == null
        ? last.followedBy(EventKind.LAUNCHED).isPresent()
        : now.pid() != null && !Objects.equals(now.pid(), last.exit().pid());
  }

  // Only of the process that runs now: which seed node watched a dead one does not matter any more.
  private static Optional<String> adoption(SlotReport slot, TimeFormat moments) {
    return slot.events().stream()
        .filter(event -> event.kind() == EventKind.ADOPTED && slot.now() != null)
        .filter(event -> Objects.equals(event.pid(), Objects.requireNonNull(slot.now()).pid()))
        .reduce((first, second) -> second)
        .map(
            event ->
                "A new seed node took it over as it was, at %s.".formatted(moments.at(event.at())));
  }

  private static Optional<String> launchFailure(SlotReport slot, TimeFormat moments) {
    List<Event> events = slot.events();
    return events.stream()
        .filter(event -> event.kind() == EventKind.LAUNCH_FAILED)
        .reduce((first, second) -> second)
        .filter(failed -> !launchedAfter(failed, events))
        .map(
            failed ->
                "Generation %d %s, at %s."
                    .formatted(failed.generation(), failed.reason(), moments.at(failed.at())));
  }

  private static boolean launchedAfter(Event failed, List<Event> events) {
    return events.subList(events.indexOf(failed), events.size()).stream()
        .anyMatch(event -> event.kind() == EventKind.LAUNCHED);
  }

  private static Optional<String> budget(SlotReport slot, Instant now) {
    if (slot.budget() == null || slot.now() == null) {
      return Optional.empty();
    }
    if (slot.now().state() == SlotState.FAILED) {
      return Optional.of("Nothing launches it again but: bin/troupe restart " + slot.slot());
    }
    Instant from = now.minus(slot.budget().window());
    return Optional.of(
        "Relaunches in the last %d s: %d of %d."
            .formatted(
                slot.budget().window().toSeconds(),
                relaunches(slot.events(), from),
                slot.budget().maxRestarts()));
  }

  // A wait and the launch after it are one relaunch, and one by order is none. A count that begins
  // anew, since a process was ready for long, forgets those before.
  private static int relaunches(List<Event> events, Instant from) {
    int count = 0;
    EventKind previous = EventKind.LAUNCHED;
    for (Event event : events) {
      boolean decided =
          event.kind() == EventKind.BACKING_OFF
              || (event.kind() == EventKind.RELAUNCHING && previous != EventKind.BACKING_OFF);
      Integer counted = event.restarts();
      if (decided && counted != null) {
        boolean within = event.at().isAfter(from);
        count = within ? Math.min(count + 1, counted) : 0;
      }
      previous = event.kind();
    }
    return count;
  }

  private static void log(Event exit, List<String> lines) {
    lines.add("");
    lines.add("The last lines of generation %d:".formatted(exit.generation()));
    exit.log().forEach(line -> lines.add("  | " + line));
  }
}
