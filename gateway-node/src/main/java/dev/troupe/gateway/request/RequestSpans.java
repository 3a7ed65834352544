package dev.troupe.gateway.request;

import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes down the requests of clients, and decides when each has ended whether its trace is kept: if
 * it failed, was slow, was chosen at its beginning, or if its client wants it. Thread-safe.
 */
final class RequestSpans {
  // Of a request that goes to no service.
  private static final String NO_ROUTE = "(no route)";
  private static final int FIRST_SERVER_ERROR = 500;

  private final Tracer tracer;
  private final Map<String, Map<String, TracedRoute>> routes = new ConcurrentHashMap<>();

  RequestSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Begins the span of a request, in the trace that its client has begun, or in a new one.
   *
   * @param given the trace of the client; null if it has none
   */
  RequestSpan begin(@Nullable TraceContext given) {
    TraceContext trace = given == null ? TraceContext.begin() : given.at(TraceContext.randomId());
    return new RequestSpan(
        tracer.choose() ? trace.keep() : trace, given == null ? 0 : given.spanId());
  }

  /** The request goes to {@code action} of {@code service}. */
  void routed(RequestSpan span, String service, ActionDescriptor action) {
    span.routed(route(service, action));
  }

  @SuppressWarnings("ReferenceEquality") // another version of the service has another object
  private TracedRoute route(String service, ActionDescriptor action) {
    Map<String, TracedRoute> ofService =
        routes.computeIfAbsent(service, name -> new ConcurrentHashMap<>());
    TracedRoute known = ofService.get(action.name());
    if (known != null && known.action() == action) {
      return known;
    }
    TracedRoute route = TracedRoute.of(action);
    ofService.put(action.name(), route);
    return route;
  }

  /** The request has waited until the services were known, since {@code sinceNanos}. */
  void waitedForStart(Exchange exchange, long sinceNanos) {
    TraceContext trace = exchange.trace();
    tracer.record(
        SpanKind.WAIT,
        trace,
        TraceContext.randomId(),
        sinceNanos,
        SpanEnd.OK,
        0,
        "start of the services");
    tracer.keep(trace, KeepReason.WAITED, exchange.id());
  }

  /** The head of the response is there. */
  void ended(Exchange exchange, int status) {
    RequestSpan span = exchange.span();
    TracedRoute route = span.route();
    boolean failed = status >= FIRST_SERVER_ERROR;
    TraceContext trace = span.trace();
    boolean wanted = trace.sampled() || trace.kept();
    if (span.isOfGateway() || (route == null && !failed && !wanted)) {
      return;
    }
    tracer.recordRequest(
        trace,
        span.parent(),
        span.startNanos(),
        failed ? SpanEnd.FAILED : SpanEnd.OK,
        status,
        route == null ? NO_ROUTE : route.name());
    boolean slow = route != null && route.slow().count(System.nanoTime() - span.startNanos());
    if (failed) {
      tracer.keep(trace, KeepReason.FAILED, exchange.id());
    } else if (slow) {
      tracer.keep(trace, KeepReason.SLOW, exchange.id());
    } else if (trace.kept()) {
      tracer.keep(trace, KeepReason.CHOSEN, exchange.id());
    } else if (trace.sampled()) {
      tracer.keep(trace, KeepReason.SAMPLED, exchange.id());
    }
  }
}
