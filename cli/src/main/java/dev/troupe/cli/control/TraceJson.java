package dev.troupe.cli.control;

import dev.troupe.protocol.control.SpanLine;
import dev.troupe.protocol.control.TraceList;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.control.TraceSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads traces from the JSON that the seed node writes. */
final class TraceJson {
  private TraceJson() {}

  static TraceList list(byte[] json) throws IOException {
    JsonObject object = JsonObject.parse(json);
    List<TraceSummary> traces = new ArrayList<>();
    for (JsonObject trace : object.list("traces", JsonObject.class)) {
      traces.add(summary(trace));
    }
    return new TraceList(traces, Math.toIntExact(object.number("kept")));
  }

  static TraceReport trace(byte[] json) throws IOException {
    JsonObject object = JsonObject.parse(json);
    List<SpanLine> spans = new ArrayList<>();
    for (JsonObject span : object.list("spans", JsonObject.class)) {
      spans.add(span(span));
    }
    return new TraceReport(summary(object), spans);
  }

  private static TraceSummary summary(JsonObject trace) throws IOException {
    return new TraceSummary(
        trace.text("trace_id"),
        trace.optionalText("request_id"),
        trace.text("name"),
        optionalInteger(trace, "status"),
        ControlJson.instant(trace.text("started_at")),
        trace.number("duration_micros"),
        trace.list("reasons", String.class),
        Math.toIntExact(trace.number("span_count")),
        trace.list("slots", String.class));
  }

  private static SpanLine span(JsonObject span) throws IOException {
    return new SpanLine(
        span.text("id"),
        span.optionalText("parent"),
        Math.toIntExact(span.number("depth")),
        span.text("kind"),
        span.text("name"),
        span.text("slot"),
        Math.toIntExact(span.number("generation")),
        span.optionalText("peer"),
        span.number("start_micros"),
        span.number("duration_micros"),
        span.text("end"),
        optionalInteger(span, "status"),
        span.optionalText("cause"));
  }

  private static @Nullable Integer optionalInteger(JsonObject object, String field)
      throws IOException {
    Long number = object.optionalNumber(field);
    return number == null ? null : Math.toIntExact(number);
  }
}
