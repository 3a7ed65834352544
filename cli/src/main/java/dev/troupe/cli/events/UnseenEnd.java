package dev.troupe.cli.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says that a process was replaced although the journal has no end of it: nobody writes down the
 * end of a seed node that was killed.
 */
final class UnseenEnd {
  private static final Set<EventKind> ALIVE =
      EnumSet.of(
          EventKind.LAUNCHED,
          EventKind.ADOPTED,
          EventKind.READY,
          EventKind.UNHEALTHY,
          EventKind.HEALTHY,
          EventKind.STOPPING);

  private UnseenEnd() {}

  /** Nothing if the process before the last launch ended before witnesses, or there was none. */
  static Optional<String> sentence(List<Event> events, TimeFormat moments) {
    for (int i = events.size() - 1; i > 0; i--) {
      if (events.get(i).kind() == EventKind.LAUNCHED) {
        Event launched = events.get(i);
        return Optional.of(events.get(i - 1))
            .filter(last -> ALIVE.contains(last.kind()))
            .filter(last -> !Objects.equals(last.pid(), launched.pid()))
            .map(
                last ->
                    "Before that, generation %d (pid %d) ended unseen, before %s."
                        .formatted(last.generation(), last.pid(), moments.at(launched.at())));
      }
    }
    return Optional.empty();
  }
}
