package dev.troupe.protocol.trace;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a span is the time of. The order is that of the codes in a {@code SpanRing}. */
public enum SpanKind {
  /** From the arrival of a client's request at the gateway to the head of its response. */
  REQUEST,
  /** From the sending of a call to an instance until it has answered, or is given up. */
  ATTEMPT,
  /** The time in the waiting room. */
  WAIT,
  /** From the arrival of a call at an instance to its reply. */
  ACTION,
  /** A read or a write of the store, with its time in the queue and its commit. */
  STORE,
  /** The handling of an event by a subscriber. */
  EVENT,
  /** An attempt to deliver a notification. */
  DELIVERY;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
