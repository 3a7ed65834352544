package dev.troupe.protocol.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.json.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One event of an {@link EventStream}, as the HTML standard defines it (9.2.5).
 *
 * @param id what {@code EventSource} gives in {@code Last-Event-ID} when it connects again; null if
 *     it stays as it is
 * @param event the type of the event; null for {@code message}
 * @param data of any number of lines
 * @param retry after which time {@code EventSource} connects again; null if it stays as it is
 */
public record ServerSentEvent(
    @Nullable String id, @Nullable String event, String data, @Nullable Duration retry) {
  /**
   * @throws IllegalArgumentException when {@code id} or {@code event} have more than one line
   */
  public ServerSentEvent {
    checkLine("id", id);
    checkLine("event", event);
  }

  public static ServerSentEvent of(String data) {
    return new ServerSentEvent(null, null, data, null);
  }

  /** An event whose data is {@code value} in JSON. */
  public static ServerSentEvent json(Record value) {
    return of(new String(Json.write(value), UTF_8));
  }

  public ServerSentEvent withId(String id) {
    return new ServerSentEvent(id, event, data, retry);
  }

  public ServerSentEvent withEvent(String event) {
    return new ServerSentEvent(id, event, data, retry);
  }

  public ServerSentEvent withRetry(Duration retry) {
    return new ServerSentEvent(id, event, data, retry);
  }

  /** The event as it is sent, with the empty line at its end. */
  public String text() {
    StringBuilder text = new StringBuilder();
    append(text, "id", id);
    append(text, "event", event);
    append(text, "retry", retry == null ? null : String.valueOf(retry.toMillis()));
    for (String line : data.split("\r\n|\r|\n", -1)) {
      append(text, "data", line);
    }
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, String field, @Nullable String value) {
    if (value != null) {
      text.append(field).append(": ").append(value).append('\n');
    }
  }

  private static void checkLine(String field, @Nullable String value) {
    if (value != null && value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException(
          "%s of an event with a line break or a NUL (expected: one line)".formatted(field));
    }
  }
}
