package dev.troupe.seed.traces;

import dev.troupe.protocol.control.TraceSummary;
import dev.troupe.protocol.trace.KeepReason;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which traces are wanted; a part that is null wants all.
 *
 * @param route a part of the name of the trace
 * @param status of the answer
 * @param minMillis how long the request took at least; 0 for all
 * @param requestId one of the ids by which logs know the work for the trace
 */
public record TraceFilter(
    @Nullable String route,
    @Nullable Integer status,
    int minMillis,
    @Nullable String requestId,
    @Nullable KeepReason reason) {

  boolean wants(KeptTrace trace) {
    return (requestId == null || trace.requests().contains(requestId))
        && (reason == null || trace.reasons().contains(reason));
  }

  boolean wants(TraceSummary trace) {
    return (route == null || trace.name().contains(route))
        && (status == null || status.equals(trace.status()))
        && trace.durationMicros() >= TimeUnit.MILLISECONDS.toMicros(minMillis);
  }
}
