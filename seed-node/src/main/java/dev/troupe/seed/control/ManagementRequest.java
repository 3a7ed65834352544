package dev.troupe.seed.control;

import dev.troupe.protocol.text.VisibleText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * A request to the management API that has matched a route.
 *
 * @param variables the values of the variables of the path, decoded
 */
record ManagementRequest(HttpRequest http, Map<String, String> variables) {
  private static final int MAX_SHOWN = 100;

  String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** A parameter of the query; empty also if it has no value. */
  Optional<String> query(String name) {
    return http.getUri().query().get(name).filter(value -> !value.isEmpty());
  }

  /**
   * A whole number in the query.
   *
   * @param absent the value if the query has none
   * @throws BadQueryException unless it is from {@code min} to {@code max}
   */
  int number(String name, int absent, int min, int max) {
    Optional<String> text = query(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException none) {
      // The same message as for a number that is out of range.
    }
    throw bad(name, text.get(), "a number from %d to %d".formatted(min, max));
  }

  /**
   * A time in the query, in ISO form; empty if there is none.
   *
   * @throws BadQueryException when it is none
   */
  Optional<Instant> time(String name) {
    return query(name).map(text -> time(name, text));
  }

  private static Instant time(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw bad(name, text, "a time like 2026-01-31T23:59:59Z");
    }
  }

  static BadQueryException bad(String name, String value, String expected) {
    return new BadQueryException("%s: '%s' (expected: %s)".formatted(name, shown(value), expected));
  }

  /** Text of a client for use in a message: one visible line, and not too long. */
  static String shown(String text) {
    String visible = VisibleText.line(text);
    return visible.length() <= MAX_SHOWN ? visible : visible.substring(0, MAX_SHOWN) + "…";
  }

  Optional<String> header(String name) {
    return http.getHeader(name).map(header -> header.value());
  }

  /** Whether the client shows pages, as a browser does. */
  boolean isOfPerson() {
    return header("Accept").orElse("").contains("text/html");
  }
}
