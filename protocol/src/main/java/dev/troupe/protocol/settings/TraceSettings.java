package dev.troupe.protocol.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which traces are kept, and how many.
 *
 * @param ringSpans the newest spans that each node remembers, from which kept traces are collected
 * @param keepOneIn of so many requests one is kept whatever becomes of it; 0 for none
 * @param keepPerSecond the most traces a second that one node has kept for one reason
 * @param kept the most traces that the seed node keeps
 * @param keepFor how long it keeps a trace
 * @param otlpEndpoint where the seed node posts kept traces in the OpenTelemetry protocol; null for
 *     nowhere
 */
public record TraceSettings(
    boolean enabled,
    int ringSpans,
    int keepOneIn,
    int keepPerSecond,
    int kept,
    Duration keepFor,
    @Nullable URI otlpEndpoint) {
  static TraceSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new TraceSettings(
                s.flag("enabled"),
                s.integer("ring-spans", 1024, 1 << 20),
                s.integer("keep-one-in", 0, 1_000_000_000),
                s.integer("keep-per-second", 1, 1000),
                s.integer("kept", 10, 10_000),
                s.duration("keep-for", Duration.ofMinutes(1), Duration.ofDays(7)),
                HttpUrl.optional(s, "otlp-endpoint")));
  }
}
