package dev.troupe.node.http;

import dev.troupe.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is closed from outside of its requests.
 *
 * @param reply to be sent before, if the client can still take one
 * @param inWorkOnly whether the reply is for a request that has none yet
 */
record Farewell(@Nullable ByteString reply, boolean inWorkOnly) {
  /** Without a word. */
  static final Farewell SILENT = new Farewell(null, false);

  static final Farewell STOPPING =
      new Farewell(reply(503, "Service Unavailable", "the server is stopping; try again"), true);

  static final Farewell NO_ROOM_FOR_BODY =
      new Farewell(
          reply(
              503,
              "Service Unavailable",
              "too many request bodies are being worked on at a time; try again"),
          false);

  static final Farewell TOO_MANY_CONNECTIONS =
      new Farewell(
          reply(
              503,
              "Service Unavailable",
              "your address has as many connections open as one address may have; close some or"
                  + " reuse them"),
          false);

  static final Farewell LENGTH_TOO_LARGE =
      new Farewell(
          reply(400, "Bad Request", "Content-Length has too many digits (expected: up to 18)"),
          false);

  static Farewell headTooSlow(ConnectionLimits limits) {
    String message =
        "the head of the request did not arrive within %d ms"
            .formatted(limits.headTimeout().toMillis());
    return new Farewell(reply(408, "Request Timeout", message), false);
  }

  static Farewell headTooLarge(ConnectionLimits limits) {
    String message =
        "request line and headers together are larger than %d bytes, the most that is taken here"
            .formatted(limits.maxHeadBytes());
    return new Farewell(reply(431, "Request Header Fields Too Large", message), false);
  }

  /**
   * @param value what is there instead of a host, visible
   */
  static Farewell illegalHost(String value) {
    String message =
        "'%s' is no Host (expected: NAME, ADDRESS or [IPV6-ADDRESS], and perhaps :PORT)"
            .formatted(value);
    return new Farewell(reply(400, "Bad Request", message), false);
  }

  private record Body(String status, String message) {}

  private static ByteString reply(int code, String reason, String message) {
    byte[] body = Json.write(new Body("error", message));
    String head =
        """
        HTTP/1.1 %d %s\r
        Server: troupe\r
        Content-Type: application/json\r
        Content-Length: %d\r
        %sCache-Control: no-store\r
        X-Content-Type-Options: nosniff\r
        Connection: close\r
        \r
        """
            .formatted(code, reason, body.length, code == 503 ? "Retry-After: 1\r\n" : "");
    return ByteString.fromArray(head.getBytes(StandardCharsets.US_ASCII))
        .concat(ByteString.fromArrayUnsafe(body))
        .compact();
  }
}
