package dev.troupe.cli.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.troupe.protocol.logs.LogLine;
import dev.troupe.protocol.text.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Prints lines of logs, for people or as JSON. */
abstract class LogPrinter {
  private LogPrinter() {}

  abstract void print(LogLine line);

  /**
   * Prints each line as it was written.
   *
   * @param width of the slot's name before each line; 0 for none
   */
  static LogPrinter text(PrintWriter out, ZoneId zone, int width) {
    return new LogPrinter() {
      @Override
      void print(LogLine line) {
        // The message of a JSON line may have several lines.
        line.shown(zone).lines().forEach(shown -> println(line.slot(), shown));
      }

      private void println(String slot, String shown) {
        if (width > 0) {
          out.print(slot + " ".repeat(Math.max(0, width - slot.length())) + " | ");
        }
        out.println(VisibleText.line(shown));
      }
    };
  }

  /** Prints an object for each line. */
  static LogPrinter json(PrintWriter out) {
    JsonFactory factory = new JsonFactory();
    return new LogPrinter() {
      @Override
      void print(LogLine line) {
        StringWriter object = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(object)) {
          write(line, json);
        } catch (IOException impossible) {
          throw new UncheckedIOException(impossible);
        }
        out.println(object);
      }
    };
  }

  private static void write(LogLine line, JsonGenerator json) throws IOException {
    json.writeStartObject();
    writeIfPresent(json, "at", line.at());
    json.writeStringField("slot", line.slot());
    writeIfPresent(json, "level", line.level());
    writeIfPresent(json, "logger", line.logger());
    writeIfPresent(json, "request", line.request());
    writeIfPresent(json, "trace", line.trace());
    json.writeStringField("text", line.text());
    json.writeStringField("file", line.file());
    json.writeNumberField("offset", line.offset());
    json.writeEndObject();
  }

  private static void writeIfPresent(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }
}
