package dev.troupe.cli.top;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.troupe.cli.display.JsonLine;
import dev.troupe.cli.display.TextTable;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.text.VisibleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures as text. */
final class TopText {
  private static final List<String> HEADER =
      List.of("SLOT", "STATE", "REQ/S", "P95", "ERR/S", "IN FLIGHT", "CPU", "MEMORY");
  private static final String UNKNOWN = "-";
  private static final double MILLIS = 1000;
  private static final double PERCENT = 100;
  private static final double MIB = 1 << 20;

  private TopText() {}

  /** A header, a line for each slot, and one for all. */
  static List<String> table(TopView view, SortOrder order) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    view.rows().stream()
        .sorted(order.comparator())
        .forEach(
            row -> rows.add(cells(row.slot().slot(), row.slot().state().label(), row.figures())));
    rows.add(cells("all", "", view.total()));
    return TextTable.lines(rows).stream().map(VisibleText::line).toList();
  }

  private static List<String> cells(String name, String state, SlotFigures figures) {
    Double p95 = figures.p95Seconds();
    Long memory = figures.memoryBytes();
    Double cpu = figures.cpu();
    return List.of(
        name,
        state,
        rate(figures.requestsPerSecond()),
        p95 == null ? UNKNOWN : format("%.1f ms", p95 * MILLIS),
        rate(figures.errorsPerSecond()),
        figures.inFlight() == null ? UNKNOWN : figures.inFlight().toString(),
        cpu == null ? UNKNOWN : format("%.1f %%", cpu * PERCENT),
        memory == null ? UNKNOWN : format("%.0f MiB", (double) memory / MIB));
  }

  private static String rate(@Nullable Double rate) {
    return rate == null ? UNKNOWN : format("%.1f", rate);
  }

  private static String format(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }

  /** The same as one line of JSON. What is not known is null. */
  static String json(TopView view, SortOrder order) throws IOException {
    return JsonLine.of(
        json -> {
          json.writeStringField("at", view.at().toString());
          json.writeArrayFieldStart("slots");
          for (TopView.Row row : view.rows().stream().sorted(order.comparator()).toList()) {
            SlotStatus slot = row.slot();
            json.writeStartObject();
            json.writeStringField("slot", slot.slot());
            json.writeStringField("service", slot.service());
            json.writeStringField("state", slot.state().label());
            number(json, "pid", slot.pid());
            figures(json, row.figures());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeObjectFieldStart("all");
          figures(json, view.total());
          json.writeEndObject();
        });
  }

  private static void figures(JsonGenerator json, SlotFigures figures) throws IOException {
    number(json, "requests_per_second", figures.requestsPerSecond());
    number(json, "p95_seconds", figures.p95Seconds());
    number(json, "errors_per_second", figures.errorsPerSecond());
    number(json, "in_flight", figures.inFlight());
    number(json, "cpu", figures.cpu());
    number(json, "memory_bytes", figures.memoryBytes());
  }

  private static void number(JsonGenerator json, String name, @Nullable Number value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else if (value instanceof Long whole) {
      json.writeNumberField(name, whole);
    } else {
      json.writeNumberField(name, value.doubleValue());
    }
  }
}
