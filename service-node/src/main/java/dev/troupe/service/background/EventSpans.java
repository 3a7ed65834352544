package dev.troupe.service.background;

import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.RequestScope;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceContext;
import dev.troupe.service.background.EventsInHand.Given;
import org.jspecify.annotations.Nullable;

/** The handling of events as a part of the traces of those who have published them. */
final class EventSpans {
  private final Tracer tracer;

  EventSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  /** What an event that this thread publishes is stored with; null if nobody traces its work. */
  static @Nullable String currentTrace() {
    RequestScope scope = RequestScope.current();
    TraceContext trace = scope == null ? null : scope.trace();
    return trace == null ? null : trace.traceparent();
  }

  /** The service has answered. */
  void ended(Given given, String action, ReplyStatus status, String requestId) {
    TraceContext trace = TraceContext.parse(given.event().trace(), null);
    SpanEnd end = status.isSuccess() ? SpanEnd.OK : SpanEnd.FAILED;
    tracer.record(
        SpanKind.EVENT, trace, given.span(), given.since(), end, status.httpCode(), action);
    if (end == SpanEnd.FAILED) {
      tracer.keep(trace, KeepReason.FAILED, requestId);
    }
  }
}
