package dev.troupe.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of a test.
 *
 * @param path with its query, percent-encoded
 * @param body empty if there is none
 * @param deadline how long the client waits for the answer
 */
public record TestRequest(
    String method, String path, Map<String, String> headers, JsonBytes body, Duration deadline) {
  /** Longer than a test should take, so that a debugger does not end a request. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  public TestRequest {
    headers = Map.copyOf(headers);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "path '%s' (expected: one that starts with '/', like /items/7)".formatted(path));
    }
    if (deadline.isNegative()) {
      throw new IllegalArgumentException("deadline: " + deadline + " (expected: PT0S or more)");
    }
  }

  /**
   * A request in JSON, with a deadline that no test meets.
   *
   * @param body text as it is to be sent, or a record, a map or a list that becomes JSON with names
   *     in snake_case; null for none
   */
  static TestRequest of(String method, String path, @Nullable Object body) {
    return new TestRequest(method, path, Map.of(), bytes(body), PATIENCE);
  }

  private static JsonBytes bytes(@Nullable Object body) {
    if (body == null) {
      return JsonBytes.EMPTY;
    }
    return JsonBytes.of(body instanceof String text ? text.getBytes(UTF_8) : Json.write(body));
  }

  TestRequest withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new TestRequest(method, path, more, body, deadline);
  }

  TestRequest within(Duration time) {
    return new TestRequest(method, path, headers, body, time);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
