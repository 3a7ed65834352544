package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.launch.SeedExit;
import java.time.Duration;
import java.time.Instant;

/** What no state of a slot tells: what the seed node does itself, and what operators command. */
public final class SeedEvents {
  private SeedEvents() {}

  /** The one before it ended, as its launcher saw. */
  public static EventJournal.Command exited(SlotStatus self, SeedExit end) {
    return new EventJournal.Happened(PreviousSeed.exited(self.slot(), end, self.since()));
  }

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
        event(at, EventKind.STOPPED, self)
            .by(Initiator.OPERATOR)
            .withReason("by order, after all slots"));
  }

  /** A service is given this many slots. */
  public static EventJournal.Command scaled(String service, int instances, Instant at) {
    return service(service, EventKind.SCALED, "by order, to " + instances, at);
  }

  /** The processes of a service are replaced one after the other. */
  public static EventJournal.Command rolling(String service, Instant at) {
    return service(service, EventKind.ROLLING, "by order, one process after the other", at);
  }

  private static EventJournal.Command service(
      String service, EventKind kind, String reason, Instant at) {
    return new EventJournal.Happened(
        Event.of(at, service, kind, 0, null).by(Initiator.OPERATOR).withReason(reason));
  }

  private static Event event(Instant at, EventKind kind, SlotStatus self) {
    return Event.of(at, self.slot(), kind, self.generation(), self.pid());
  }
}
