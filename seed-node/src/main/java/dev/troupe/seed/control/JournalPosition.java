package dev.troupe.seed.control;

import dev.troupe.protocol.control.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The position of an event in the journal, which holds for the next seed node and for rotated files
 * too.
 *
 * @param at when it happened
 * @param number among the events of that time, from 1
 */
record JournalPosition(Instant at, int number) {
  static final JournalPosition BEGIN = new JournalPosition(Instant.EPOCH, 0);

  private static final char SEPARATOR = '_';

  /** The position of the next event. */
  JournalPosition next(Instant time) {
    return new JournalPosition(time, time.equals(at) ? number + 1 : 1);
  }

  String text() {
    return at.toString() + SEPARATOR + number;
  }

  /** Reads what {@link #text} writes; empty if it is something else. */
  static Optional<JournalPosition> parse(String text) {
    int separator = text.lastIndexOf(SEPARATOR);
    try {
      return separator < 0
          ? Optional.empty()
          : Optional.of(
              new JournalPosition(
                  Instant.parse(text.substring(0, separator)),
                  Integer.parseInt(text.substring(separator + 1))));
    } catch (DateTimeException | NumberFormatException foreign) {
      return Optional.empty();
    }
  }

  /** An event with its position. */
  record Positioned(JournalPosition position, Event event) {}

  /**
   * @param events the oldest first, all from {@link #at} on
   * @return those after this position
   */
  List<Positioned> after(List<Event> events) {
    List<Positioned> later = new ArrayList<>();
    JournalPosition position = BEGIN;
    for (Event event : events) {
      position = position.next(event.at());
      if (position.at().isAfter(at) || (position.at().equals(at) && position.number() > number)) {
        later.add(new Positioned(position, event));
      }
    }
    return later;
  }
}
