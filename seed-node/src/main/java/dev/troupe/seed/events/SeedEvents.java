package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Duration;
import java.time.Instant;

/** What a seed node says of itself, since it is no slot of its own supervisor. */
public final class SeedEvents {
  private SeedEvents() {}

  /** It began at {@code self.since()}. */
  public static EventJournal.Command launched(SlotStatus self) {
    return new EventJournal.Happened(
        event(self.since(), EventKind.LAUNCHED, self).withAddress(self.address()));
  }

  /** It supervises and answers. */
  public static EventJournal.Command ready(SlotStatus self, Instant at) {
    return new EventJournal.Happened(
        event(at, EventKind.READY, self).readyAfter(Duration.between(self.since(), at).toMillis()));
  }

  /** It stopped all slots, and ends last. */
  public static EventJournal.Command stopped(SlotStatus self, Instant at) {
    return new EventJournal.Happened(
        event(at, EventKind.STOPPED, self).because("by order, after all slots"));
  }

  private static Event event(Instant at, EventKind kind, SlotStatus self) {
    return Event.of(at, self.slot(), kind, self.generation(), self.pid());
  }
}
