package dev.troupe.node.call;

import dev.troupe.node.metrics.CallTimers;
import dev.troupe.node.metrics.Histogram;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.protocol.call.ServiceReply;
import java.util.HashMap;
import java.util.Map;

/** Measures the calls that this node makes. Confined to the router. */
final class CallMetrics {
  // Each request to a program would be an action of its own.
  private static final String PROXIED = "proxied";

  private final NodeMetrics metrics;
  private final Map<String, CallTimers> timers = new HashMap<>();

  CallMetrics(NodeMetrics metrics) {
    this.metrics = metrics;
  }

  /** A call has its last reply. */
  void ended(PendingCall call, ServiceReply reply, long nowNanos) {
    if (!metrics.isEnabled()) {
      return;
    }
    OutboundCall outbound = call.outbound();
    String action = outbound.proxied() == null ? outbound.action() : PROXIED;
    timers(outbound.service()).record(action, reply.status(), call.nanosSinceBegin(nowNanos));
    if (call.wasRepeated()) {
      metrics
          .counter(
              "troupe_call_retries",
              "Calls that were sent again and have ended, by how they ended.",
              Map.of(
                  "rpc_service",
                  outbound.service(),
                  "outcome",
                  reply.status().isServiceError() ? "failed" : "answered"))
          .increment();
    }
  }

  private CallTimers timers(String service) {
    CallTimers known = timers.get(service);
    if (known == null) {
      known = CallTimers.ofClient(metrics, service);
      timers.put(service, known);
    }
    return known;
  }

  /** A call that has waited for an instance is being sent to one. */
  void waited(PendingCall call, long nowNanos) {
    if (metrics.isEnabled()) {
      Histogram waits =
          metrics.histogram(
              "troupe_call_wait_seconds",
              "How long calls have waited for an instance that took them.",
              Map.of("rpc_service", call.pool().service()));
      waits.record(nowNanos - call.waitsSinceNanos());
    }
  }
}
