package dev.troupe.cli.traces;

import dev.troupe.cli.display.TextTable;
import dev.troupe.protocol.control.SpanLine;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.control.TraceSummary;
import dev.troupe.protocol.report.TimeFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Traces as text: a list of them, and the spans of one with bars for their times. */
final class TraceTexts {
  private static final int BAR = 32;
  private static final String INDENT = "  ";
  private static final double MICROS_OF_MILLI = 1000;
  private static final double MICROS_OF_SECOND = 1_000_000;

  private TraceTexts() {}

  /** One line for each trace below a heading. */
  static List<String> list(List<TraceSummary> traces, TimeFormat times) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("TIME", "TRACE", "STATUS", "TOOK", "WHY", "NAME"));
    for (TraceSummary trace : traces) {
      rows.add(
          List.of(
              times.at(trace.startedAt()),
              trace.traceId(),
              trace.status() == null ? "-" : trace.status().toString(),
              duration(trace.durationMicros()),
              String.join(",", trace.reasons()),
              trace.name()));
    }
    return TextTable.lines(rows);
  }

  /** What the trace is, and one line for each span. */
  static List<String> waterfall(TraceReport trace, TimeFormat times) {
    TraceSummary summary = trace.summary();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s%s, took %s, began %s"
            .formatted(
                summary.name(),
                summary.status() == null ? "" : ", " + summary.status(),
                duration(summary.durationMicros()),
                times.at(summary.startedAt())));
    lines.add(
        "trace %s%s, kept: %s"
            .formatted(
                summary.traceId(),
                summary.requestId() == null ? "" : ", request " + summary.requestId(),
                String.join(", ", summary.reasons())));
    lines.add("");
    long end =
        trace.spans().stream()
            .mapToLong(span -> span.startMicros() + span.durationMicros())
            .max()
            .orElse(0);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("PROCESS", "WORK", "AT", "TOOK", "|" + " ".repeat(BAR) + "|", ""));
    for (SpanLine span : trace.spans()) {
      rows.add(
          List.of(
              span.slot(),
              INDENT.repeat(span.depth()) + work(span),
              duration(span.startMicros()),
              duration(span.durationMicros()),
              "|" + bar(span, Math.max(1, end)) + "|",
              result(span)));
    }
    lines.addAll(TextTable.lines(rows));
    return lines;
  }

  private static String work(SpanLine span) {
    return switch (span.kind()) {
      case "attempt" -> span.name() + " → " + (span.peer() == null ? "?" : span.peer());
      case "wait" -> "waits for " + span.name();
      case "store" -> "store: " + span.name();
      case "event" -> "event " + span.name();
      case "delivery" -> "delivery: " + span.name();
      default -> span.name();
    };
  }

  private static String result(SpanLine span) {
    if (span.cause() != null) {
      return span.end() + ": " + span.cause();
    }
    String status = span.status() == null ? "" : span.status().toString();
    boolean said = span.end().equals("failed") && !status.isEmpty();
    return span.end().equals("ok") || said ? status : (span.end() + " " + status).strip();
  }

  private static String bar(SpanLine span, long end) {
    int from = (int) Math.min(BAR - 1L, span.startMicros() * BAR / end);
    long to = (span.startMicros() + span.durationMicros()) * BAR / end;
    int length = (int) Math.max(1, Math.min(BAR - from, to - from));
    return " ".repeat(from) + "=".repeat(length) + " ".repeat(BAR - from - length);
  }

  private static String duration(long micros) {
    return micros < MICROS_OF_SECOND
        ? String.format(Locale.ROOT, "%.1f ms", micros / MICROS_OF_MILLI)
        : String.format(Locale.ROOT, "%.2f s", micros / MICROS_OF_SECOND);
  }
}
