package dev.troupe.cli.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.settings.RestartSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a slot.
 *
 * @param now what the seed node says of it; null if none answers
 * @param events of this slot, the oldest first
 * @param budget of its relaunches, if the settings name the slot
 */
record SlotReport(
    String slot, @Nullable SlotStatus now, List<Event> events, @Nullable RestartSettings budget) {
  SlotReport {
    events = List.copyOf(events);
  }

  /** The same without the events of this kind. */
  SlotReport without(EventKind kind) {
    return new SlotReport(
        slot, now, events.stream().filter(event -> event.kind() != kind).toList(), budget);
  }
}
