package dev.troupe.protocol.control;

import org.jspecify.annotations.Nullable;

/**
 * A span in its place in a trace.
 *
 * @param id 16 hexadecimal digits
 * @param parent the id of the span that asked for it; null if none in the trace did
 * @param depth how many spans are above it
 * @param kind request, attempt, wait, action, store, event or delivery
 * @param slot whose process did it
 * @param generation of that process
 * @param peer the slot that it was given to; null if the process did it itself
 * @param startMicros since the begin of the trace
 * @param end ok, failed, lost, declined, silent or late
 * @param status as in HTTP; null if the kind has none
 * @param cause why the process ended with which the span was lost; null if it was not
 */
public record SpanLine(
    String id,
    @Nullable String parent,
    int depth,
    String kind,
    String name,
    String slot,
    int generation,
    @Nullable String peer,
    long startMicros,
    long durationMicros,
    String end,
    @Nullable Integer status,
    @Nullable String cause) {}
