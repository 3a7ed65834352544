package dev.troupe.protocol.service;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts the id of a request into the log lines that a thread writes while it works for that request
 * (SLF4J's MDC).
 */
public final class RequestLog {
  /** The key of the id in the MDC. */
  public static final String KEY = "request_id";

  /** The key of the id of the request's trace in the MDC. */
  public static final String TRACE_KEY = "trace";

  private RequestLog() {}

  /** Runs {@code work}, which works for the request. */
  public static void run(String requestId, Runnable work) {
    String before = MDC.get(KEY);
    if (requestId.equals(before)) {
      work.run();
      return;
    }
    MDC.put(KEY, requestId);
    try {
      work.run();
    } finally {
      restore(before);
    }
  }

  /** {@code work}, to be done on any thread for the request that this thread works for, if any. */
  public static Runnable passedOn(Runnable work) {
    String requestId = MDC.get(KEY);
    return requestId == null ? work : () -> run(requestId, work);
  }

  /** The request that this thread works for; null if it works for none. */
  public static @Nullable String current() {
    return MDC.get(KEY);
  }

  private static void restore(@Nullable String before) {
    if (before == null) {
      MDC.remove(KEY);
    } else {
      MDC.put(KEY, before);
    }
  }
}
