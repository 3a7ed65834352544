package dev.troupe.gateway.request;

import dev.troupe.protocol.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/** The span of a client's request, while it lasts. */
final class RequestSpan {
  private final TraceContext trace;
  private final long parent;
  private final long startNanos = System.nanoTime();
  private volatile @Nullable TracedRoute route;
  private volatile boolean ofGateway;

  /**
   * @param trace with the span of the request
   * @param parent the span of the client; 0 if it has none
   */
  RequestSpan(TraceContext trace, long parent) {
    this.trace = trace;
    this.parent = parent;
  }

  TraceContext trace() {
    return trace;
  }

  long parent() {
    return parent;
  }

  long startNanos() {
    return startNanos;
  }

  /** The request goes to an action or a program of a service. */
  void routed(TracedRoute found) {
    route = found;
  }

  /** Null if the request goes to no service, or is not known to. */
  @Nullable TracedRoute route() {
    return route;
  }

  /** The gateway answers the request itself, which is no work of the cluster. */
  void ofGateway() {
    ofGateway = true;
  }

  boolean isOfGateway() {
    return ofGateway;
  }
}
