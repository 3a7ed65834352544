package dev.troupe.seed.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a slot, a service or the whole cluster did, with one entry for each step in every list. An
 * entry is null where nothing is known, and for percentiles where there was no request.
 *
 * @param range 15m or 24h
 * @param from when the first step began
 * @param cpu processors that were in use
 * @param gc share of the time that garbage collections took
 */
public record HistorySeries(
    String range,
    Instant from,
    int stepSeconds,
    List<@Nullable Double> cpu,
    List<@Nullable Double> heapBytes,
    List<@Nullable Double> residentBytes,
    List<@Nullable Double> gc,
    List<@Nullable Double> requestsPerSecond,
    List<@Nullable Double> errorsPerSecond,
    List<@Nullable Double> p50Seconds,
    List<@Nullable Double> p95Seconds,
    List<@Nullable Double> p99Seconds) {}
