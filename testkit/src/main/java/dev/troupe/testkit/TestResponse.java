package dev.troupe.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The answer to a request of a test. */
public final class TestResponse {
  private final TestRequest request;
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * @param headers those with several values have them in one text, separated by ", "
   */
  TestResponse(TestRequest request, int status, Map<String, String> headers, byte[] body) {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    this.request = request;
    this.status = status;
    this.headers = Collections.unmodifiableMap(sorted);
    this.body = body;
  }

  /** The status code of HTTP. */
  public int status() {
    return status;
  }

  /** By name; upper and lower case are the same. */
  public Map<String, String> headers() {
    return headers;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The body as it came; empty when there is none. */
  public byte[] bytes() {
    return body.clone();
  }

  /** The body as text; empty when there is none. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * The body. A field of it is {@code json().at("/item/name")}.
   *
   * @throws AssertionError when the body is not JSON
   */
  public JsonNode json() {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException e) {
      throw new AssertionError("the body is not JSON: " + this, e);
    }
  }

  /**
   * The body of a success as a record, like the output of the action.
   *
   * @throws AssertionError when the status is no success, or the body does not fit
   */
  public <T> T as(Class<T> type) {
    if (status < 200 || status > 299) {
      throw new AssertionError("no success (expected: a " + type.getSimpleName() + "): " + this);
    }
    try {
      return Json.MAPPER.readValue(body, type);
    } catch (IOException e) {
      throw new AssertionError(
          "the body is no %s: %s: %s".formatted(type.getName(), e.getMessage(), this), e);
    }
  }

  /** What went wrong: {@code message} of the body of an error; empty when there is none. */
  public String message() {
    return body.length == 0 ? "" : json().path("message").asText();
  }

  /**
   * @return this response
   * @throws AssertionError when the status is another one, with the whole answer
   */
  public TestResponse expect(int expected) {
    if (status != expected) {
      throw new AssertionError("status %d (expected: %d): %s".formatted(status, expected, this));
    }
    return this;
  }

  /** Request, status and body, for people to read. */
  @Override
  public String toString() {
    return "%s -> %d %s".formatted(request, status, text());
  }
}
