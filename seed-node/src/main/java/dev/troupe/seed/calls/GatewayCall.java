package dev.troupe.seed.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.text.VisibleText;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that an operator wants to send to a gateway, checked: it cannot leave the address of
 * the gateway, and has no header that is about a connection, a session or another client.
 *
 * @param path the path and the query
 * @param headers at most {@value #MOST_HEADERS}
 * @param body null if the request has none
 */
public record GatewayCall(
    String method, String path, Map<String, String> headers, @Nullable String body) {
  /** The longest body in bytes. */
  public static final int MAX_BODY = 64 << 10;

  private static final int MAX_PATH = 8 << 10;
  private static final int MOST_HEADERS = 32;
  private static final int MAX_HEADER = 4 << 10;
  private static final int MAX_SHOWN = 60;

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
  private static final Set<String> FIELDS = Set.of("method", "path", "headers", "body");
  // A # or a backslash has no place in a request line, and browsers read a backslash as a slash.
  private static final Pattern PATH = Pattern.compile("/(?!/)[!-~&&[^\\\\#\"<>^`{|}]]*");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]*");

  // About the connection, which is that of the seed node; about the session of a browser; about
  // who the client is; or set by the seed node.
  private static final Set<String> NOT_SENT =
      Set.of(
          "connection",
          "content-length",
          "cookie",
          "cookie2",
          "expect",
          "forwarded",
          "host",
          "keep-alive",
          "origin",
          "referer",
          "te",
          "traceparent",
          "tracestate",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");
  private static final List<String> NOT_SENT_PREFIXES =
      List.of("proxy-", "sec-", "x-forwarded-", "x-real-");

  public GatewayCall {
    headers = Map.copyOf(headers);
  }

  /**
   * The call that a JSON object with {@code method}, {@code path}, {@code headers} (an object of
   * texts, optional) and {@code body} (a text, optional) describes.
   *
   * @throws InvalidCallException when it is no such object, or the call is not allowed
   */
  public static GatewayCall parse(byte[] json) throws InvalidCallException {
    JsonNode call = read(json);
    String method = text(call, "method");
    if (!METHODS.contains(method)) {
      throw bad("method", method, "one of " + String.join(", ", METHODS));
    }
    String path = text(call, "path");
    if (path.length() > MAX_PATH) {
      throw new InvalidCallException(
          "path: %d characters (expected: at most %d)".formatted(path.length(), MAX_PATH));
    }
    if (!PATH.matcher(path).matches()) {
      throw bad("path", path, "a percent-encoded path that begins with one /, and its query");
    }
    return new GatewayCall(method, path, headers(call.path("headers")), body(method, call));
  }

  private static JsonNode read(byte[] json) throws InvalidCallException {
    JsonNode call;
    try {
      call = Json.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new InvalidCallException("the body is no JSON (expected: an object with a call)");
    }
    if (!call.isObject()) {
      throw new InvalidCallException("the body is no JSON object (expected: " + FIELDS + ")");
    }
    for (Map.Entry<String, JsonNode> field : call.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw bad("field", field.getKey(), "one of method, path, headers, body");
      }
    }
    return call;
  }

  private static String text(JsonNode call, String name) throws InvalidCallException {
    JsonNode value = call.path(name);
    if (!value.isTextual()) {
      throw new InvalidCallException(name + " is missing (expected: a text)");
    }
    return value.textValue();
  }

  private static Map<String, String> headers(JsonNode given) throws InvalidCallException {
    if (given.isMissingNode() || given.isNull()) {
      return Map.of();
    }
    if (!given.isObject() || given.size() > MOST_HEADERS) {
      throw new InvalidCallException(
          "headers: expected an object of at most %d texts".formatted(MOST_HEADERS));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : given.properties()) {
      String name = header.getKey();
      if (!HEADER_NAME.matcher(name).matches()) {
        throw bad("header", name, "the name of a header, of at most 64 characters");
      }
      if (isNotSent(name.toLowerCase(Locale.ROOT))) {
        throw bad("header", name, "none that is about the connection, the client or the trace");
      }
      headers.put(name, value(name, header.getValue()));
    }
    return headers;
  }

  private static String value(String name, JsonNode given) throws InvalidCallException {
    String value = given.textValue();
    if (value == null || value.length() > MAX_HEADER || !HEADER_VALUE.matcher(value).matches()) {
      throw new InvalidCallException(
          "header %s: expected a text of at most %d visible ASCII characters"
              .formatted(name, MAX_HEADER));
    }
    return value;
  }

  private static boolean isNotSent(String name) {
    return NOT_SENT.contains(name) || NOT_SENT_PREFIXES.stream().anyMatch(name::startsWith);
  }

  private static @Nullable String body(String method, JsonNode call) throws InvalidCallException {
    JsonNode given = call.path("body");
    if (given.isMissingNode() || given.isNull()) {
      return null;
    }
    if (!given.isTextual()) {
      throw new InvalidCallException("body: expected a text");
    }
    String body = given.textValue();
    if (WITHOUT_BODY.contains(method)) {
      throw new InvalidCallException("body: a " + method + " has none");
    }
    int bytes = body.getBytes(UTF_8).length;
    if (bytes > MAX_BODY) {
      throw new InvalidCallException(
          "body: %d bytes (expected: at most %d)".formatted(bytes, MAX_BODY));
    }
    return body;
  }

  /**
   * Where the call goes.
   *
   * @throws InvalidCallException when the path leads elsewhere than to {@code gateway}
   */
  URI at(URI gateway) throws InvalidCallException {
    URI target;
    try {
      target = URI.create(gateway.getScheme() + "://" + gateway.getRawAuthority() + path);
    } catch (IllegalArgumentException e) {
      throw bad("path", path, "a percent-encoded path and its query");
    }
    if (!gateway.getRawAuthority().equals(target.getRawAuthority())) {
      throw bad("path", path, "a path of the gateway");
    }
    return target;
  }

  private static InvalidCallException bad(String what, String value, String expected) {
    String line = VisibleText.line(value);
    String shown = line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
    return new InvalidCallException("%s: '%s' (expected: %s)".formatted(what, shown, expected));
  }
}
