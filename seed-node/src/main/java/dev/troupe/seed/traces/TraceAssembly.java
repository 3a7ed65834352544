package dev.troupe.seed.traces;

import dev.troupe.protocol.control.SpanLine;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.control.TraceSummary;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of the spans of a trace what an operator reads. */
final class TraceAssembly {
  private TraceAssembly() {}

  /** The trace as far as it is known; empty as long as no span is. */
  static Optional<TraceReport> of(KeptTrace trace, KnownExits exits) {
    if (trace.spans().isEmpty()) {
      return Optional.empty();
    }
    LostSpans lost = LostSpans.complete(trace.spans(), exits);
    List<SpanTree.Placed> placed = SpanTree.order(lost.all());
    long start = placed.stream().mapToLong(SpanTree.Placed::startMicros).min().orElseThrow();
    List<SpanLine> lines =
        placed.stream()
            .map(place -> line(place, start, lost.cause(place.collected().span().id())))
            .toList();
    return Optional.of(new TraceReport(summary(trace, placed, start), lines));
  }

  private static TraceSummary summary(
      KeptTrace trace, List<SpanTree.Placed> placed, long startMicros) {
    Span first = placed.get(0).collected().span();
    long endMicros =
        placed.stream().mapToLong(SpanTree.Placed::endMicros).max().orElse(startMicros);
    boolean ofClient = first.kind() == SpanKind.REQUEST;
    return new TraceSummary(
        trace.id().text(),
        trace.requests().stream().findFirst().orElse(null),
        first.name(),
        status(first),
        Instant.EPOCH.plus(startMicros, ChronoUnit.MICROS),
        ofClient ? first.durationMicros() : endMicros - startMicros,
        trace.reasons().stream().map(KeepReason::label).toList(),
        placed.size(),
        placed.stream().map(place -> place.collected().slot()).distinct().sorted().toList());
  }

  private static SpanLine line(SpanTree.Placed place, long startMicros, Optional<String> cause) {
    Span span = place.collected().span();
    return new SpanLine(
        digits(span.id()),
        place.parent() == 0 ? null : digits(place.parent()),
        place.depth(),
        span.kind().label(),
        span.name(),
        place.collected().slot(),
        place.collected().generation(),
        span.peer().isEmpty() ? null : span.peer(),
        place.startMicros() - startMicros,
        span.durationMicros(),
        span.end().label(),
        status(span),
        cause.orElse(null));
  }

  private static @Nullable Integer status(Span span) {
    return span.status() == 0 ? null : span.status();
  }

  private static String digits(long id) {
    return HexFormat.of().toHexDigits(id);
  }
}
