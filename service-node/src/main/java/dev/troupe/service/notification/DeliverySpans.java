package dev.troupe.service.notification;

import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceContext;
import dev.troupe.service.notification.channel.DeliveryResult;
import dev.troupe.service.notification.channel.OutgoingNotification;

/** The deliveries of one channel as parts of the traces of what has caused them. Thread-safe. */
final class DeliverySpans {
  private final String channel;
  private final Tracer tracer;

  DeliverySpans(String channel, Tracer tracer) {
    this.channel = channel;
    this.tracer = tracer;
  }

  /** An attempt that began at {@code sinceNanos} has ended. */
  void attempted(OutgoingNotification notification, long sinceNanos, DeliveryResult result) {
    TraceContext trace = TraceContext.parse(notification.trace(), null);
    boolean delivered = result == DeliveryResult.Delivered.INSTANCE;
    tracer.record(
        SpanKind.DELIVERY,
        trace,
        TraceContext.randomId(),
        sinceNanos,
        delivered ? SpanEnd.OK : SpanEnd.FAILED,
        0,
        channel);
    if (!delivered) {
      tracer.keep(trace, KeepReason.FAILED, "notification/" + notification.id());
    }
  }
}
