package dev.troupe.protocol.control;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace that the seed node keeps, as a list shows it.
 *
 * @param traceId 32 hexadecimal digits
 * @param requestId by which the client and the logs know the request; null if none is known
 * @param name the route of the request, or what else began the trace
 * @param status of the answer, as in HTTP; null if the gateway has told nothing of it
 * @param durationMicros until the head of the response; of a trace without a request until its end
 * @param reasons why the trace is kept
 * @param slots whose processes worked for the trace
 */
public record TraceSummary(
    String traceId,
    @Nullable String requestId,
    String name,
    @Nullable Integer status,
    Instant startedAt,
    long durationMicros,
    List<String> reasons,
    int spanCount,
    List<String> slots) {
  public TraceSummary {
    reasons = List.copyOf(reasons);
    slots = List.copyOf(slots);
  }
}
