package dev.troupe.cli.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last time a process of a slot ended.
 *
 * @param before what happened before, the newest first
 * @param after what followed, the oldest first
 */
record LastExit(Event exit, List<Event> before, List<Event> after) {
  static Optional<LastExit> in(List<Event> events) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).kind() == EventKind.EXITED) {
        List<Event> before = new ArrayList<>(events.subList(0, i));
        Collections.reverse(before);
        return Optional.of(
            new LastExit(events.get(i), before, events.subList(i + 1, events.size())));
      }
    }
    return Optional.empty();
  }

  /** When the process was first ready, if it ever was. */
  Optional<Event> ready() {
    // A new seed node that adopts it finds it ready once more.
    return ofTheProcess().filter(event -> event.kind() == EventKind.READY).reduce((a, b) -> b);
  }

  /** Whether the journal goes back to its launch. */
  boolean launched() {
    return ofTheProcess().anyMatch(event -> event.kind() == EventKind.LAUNCHED);
  }

  /** That it was told to end; nothing if it ended by itself. */
  Optional<Event> stopping() {
    return ofTheProcess().filter(event -> event.kind() == EventKind.STOPPING).findFirst();
  }

  Optional<Event> followedBy(EventKind kind) {
    return after.stream().filter(event -> event.kind() == kind).findFirst();
  }

  private Stream<Event> ofTheProcess() {
    return before.stream()
        .takeWhile(event -> event.kind() != EventKind.EXITED)
        .filter(
            event ->
                event.generation() == exit.generation() && Objects.equals(event.pid(), exit.pid()));
  }
}
