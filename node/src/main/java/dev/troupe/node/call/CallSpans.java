package dev.troupe.node.call;

import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceContext;

/**
 * Takes down the waits and the attempts of calls, and has those traces kept whose calls moved or
 * waited. Confined to the router.
 */
final class CallSpans {
  private final Tracer tracer;

  CallSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  /** The assigned instance has answered. */
  void answered(PendingCall call, ReplyStatus status) {
    attempted(call, Tracer.end(status), status.httpCode());
  }

  /** The assigned instance has not answered, and its answer is no longer waited for. */
  void attempted(PendingCall call, SpanEnd end) {
    attempted(call, end, 0);
  }

  private void attempted(PendingCall call, SpanEnd end, int status) {
    OutboundCall outbound = call.outbound();
    TraceContext trace = outbound.trace();
    if (trace != null) {
      InstanceHandle instance = call.instance();
      tracer.recordAttempt(
          trace,
          call.attempt(),
          call.sentAtNanos(),
          end,
          status,
          // The "action" of a request to a program is its path, of which there is no end.
          outbound.proxied() == null ? outbound.action() : outbound.service(),
          instance.slot(),
          instance.generation());
    }
  }

  /** The call will be sent to another instance after one had it. */
  void moved(PendingCall call) {
    tracer.keep(call.outbound().trace(), KeepReason.MOVED, call.outbound().requestId());
  }

  /** The call does not wait for an instance any more. */
  void waited(PendingCall call, SpanEnd end) {
    OutboundCall outbound = call.outbound();
    if (outbound.trace() != null) {
      tracer.record(
          SpanKind.WAIT,
          outbound.trace(),
          TraceContext.randomId(),
          call.waitsSinceNanos(),
          end,
          0,
          outbound.service());
      tracer.keep(outbound.trace(), KeepReason.WAITED, outbound.requestId());
    }
  }
}
