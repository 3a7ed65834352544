package dev.troupe.seed.traces;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.KeepTraces.Kept;
import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Spans of one trace for tests; times in microseconds. */
final class Spans {
  static final TraceId TRACE = new TraceId(0xabc, 0xdef);
  static final String GATEWAY = "gateway-1";
  static final String ORDERS = "OrderService-1";
  static final String USERS = "UserService-1";

  private Spans() {}

  static Kept kept(KeepReason reason) {
    return new Kept(TRACE, reason, "request-1");
  }

  static CollectedSpan request(long id, long start, long duration) {
    return new CollectedSpan(
        GATEWAY,
        1,
        new Span(
            TRACE,
            id,
            0,
            SpanKind.REQUEST,
            start,
            duration,
            SpanEnd.OK,
            201,
            "POST /orders",
            "",
            0));
  }

  static CollectedSpan attempt(
      String slot, long id, long parent, long start, long duration, SpanEnd end, String peer) {
    return new CollectedSpan(
        slot,
        1,
        new Span(
            TRACE, id, parent, SpanKind.ATTEMPT, start, duration, end, 0, "create_order", peer, 1));
  }

  static CollectedSpan of(
      SpanKind kind, String slot, long id, long parent, long start, long duration) {
    return new CollectedSpan(
        slot,
        1,
        new Span(TRACE, id, parent, kind, start, duration, SpanEnd.OK, 0, "create_order", "", 0));
  }

  static KnownExits exit(String slot, long atMicros, String reason) {
    KnownExits exits = new KnownExits();
    Instant at = Instant.EPOCH.plus(atMicros, ChronoUnit.MICROS);
    exits.add(Event.of(at, slot, EventKind.EXITED, 1, 4711L).withReason(reason));
    return exits;
  }
}
