package dev.troupe.protocol.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.troupe.protocol.json.JsonFactories;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the first line of an event says beside its time and its level. */
record LineParts(
    @Nullable String logger, @Nullable String request, @Nullable String trace, String text) {
  private static final JsonFactory JSON = JsonFactories.isolated();
  private static final int LEVEL_AT = "2026-01-31 23:59:59.123 ".length();
  private static final int LOGGER_AT = LEVEL_AT + "LEVEL ".length();
  private static final String AFTER_LOGGER = " - ";
  private static final int LONGEST_LOGGER = 300;
  private static final String REQUEST = "[request ";
  private static final String TRACE = "[trace ";

  static LineParts none(String line) {
    return new LineParts(null, null, null, line);
  }

  /** Reads the text format; a line in another format is text as a whole. */
  static LineParts ofText(String line) {
    int loggerEnd = line.indexOf(AFTER_LOGGER, Math.min(LOGGER_AT, line.length()));
    if (loggerEnd < 0 || loggerEnd > LOGGER_AT + LONGEST_LOGGER) {
      return none(line);
    }
    String rest = line.substring(loggerEnd + AFTER_LOGGER.length());
    String request = marked(REQUEST, rest);
    rest = without(REQUEST, request, rest);
    String trace = marked(TRACE, rest);
    return new LineParts(
        line.substring(LOGGER_AT, loggerEnd), request, trace, without(TRACE, trace, rest));
  }

  private static @Nullable String marked(String mark, String text) {
    int end = text.startsWith(mark) ? text.indexOf("] ") : -1;
    return end < 0 ? null : text.substring(mark.length(), end);
  }

  private static String without(String mark, @Nullable String id, String text) {
    return id == null ? text : text.substring(mark.length() + id.length() + "] ".length());
  }

  /** Reads the JSON format; a line that is damaged is text as a whole. */
  static LineParts ofJson(String line) {
    String logger = null;
    String request = null;
    String trace = null;
    String message = "";
    String exception = null;
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "logger" -> logger = parser.getValueAsString();
          case "request" -> request = parser.getValueAsString();
          case "trace" -> trace = parser.getValueAsString();
          case "message" -> message = parser.getValueAsString("");
          case "exception" -> exception = parser.getValueAsString();
          default -> parser.skipChildren();
        }
      }
    } catch (IOException damaged) {
      return none(line);
    }
    String text = exception == null ? message : message + "\n" + exception.stripTrailing();
    return new LineParts(logger, request, trace, text);
  }
}
