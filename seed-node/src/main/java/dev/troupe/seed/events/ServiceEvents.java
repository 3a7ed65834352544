package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import java.time.Instant;

/** What an operator orders for all slots of a service at once. */
public final class ServiceEvents {
  private ServiceEvents() {}

  /** It is given this many slots. */
  public static EventJournal.Command scaled(String service, int instances, Instant at) {
    return event(service, EventKind.SCALED, "by order, to " + instances, at);
  }

  /** Its processes are replaced one after the other. */
  public static EventJournal.Command rolling(String service, Instant at) {
    return event(service, EventKind.ROLLING, "by order, one process after the other", at);
  }

  private static EventJournal.Command event(
      String service, EventKind kind, String reason, Instant at) {
    return new EventJournal.Happened(Event.of(at, service, kind, 0, null).because(reason));
  }
}
