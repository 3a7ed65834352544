package dev.troupe.protocol.service;

import org.jspecify.annotations.Nullable;

/**
 * Puts the id of a request, and that of its trace, into the log lines that a thread writes while it
 * works for that request (SLF4J's MDC).
 */
public final class RequestLog {
  /** The key of the id in the MDC. */
  public static final String KEY = "request_id";

  /** The key of the id of the request's trace in the MDC. */
  public static final String TRACE_KEY = "trace";

  private RequestLog() {}

  /** Runs {@code work}, which works for the request. */
  public static void run(String requestId, Runnable work) {
    new RequestScope(requestId, null).run(work);
  }

  /** {@code work}, to be done on any thread for the request that this thread works for, if any. */
  public static Runnable passedOn(Runnable work) {
    RequestScope scope = RequestScope.current();
    return scope == null ? work : () -> scope.run(work);
  }

  /** The request that this thread works for; null if it works for none. */
  public static @Nullable String current() {
    RequestScope scope = RequestScope.current();
    return scope == null ? null : scope.requestId();
  }
}
