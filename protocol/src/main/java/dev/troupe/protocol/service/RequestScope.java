package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.trace.TraceContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The request that a thread works for. While {@link #run} lasts, log lines of the thread have the
 * ids of the request and of its trace (SLF4J's MDC).
 *
 * @param trace null if nobody traces the request
 */
public record RequestScope(String requestId, @Nullable TraceContext trace) {
  private static final ThreadLocal<@Nullable RequestScope> CURRENT = new ThreadLocal<>();

  public static RequestScope of(ServiceRequest request) {
    return new RequestScope(request.requestId(), request.trace());
  }

  public static RequestScope of(CallContext call) {
    return new RequestScope(call.requestId(), call.trace());
  }

  /** The request that this thread works for; null if it works for none. */
  public static @Nullable RequestScope current() {
    return CURRENT.get();
  }

  /** Runs {@code work}, which works for the request. */
  public void run(Runnable work) {
    RequestScope before = CURRENT.get();
    if (equals(before)) {
      work.run();
      return;
    }
    enter(this);
    try {
      work.run();
    } finally {
      enter(before);
    }
  }

  private static void enter(@Nullable RequestScope scope) {
    CURRENT.set(scope);
    mark(RequestLog.KEY, scope == null ? null : scope.requestId);
    TraceContext trace = scope == null ? null : scope.trace;
    mark(RequestLog.TRACE_KEY, trace == null ? null : trace.traceId());
  }

  private static void mark(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
