package dev.troupe.node.http;

import dev.troupe.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Why the server closes a connection by itself, as the client is told.
 *
 * @param reply the HTTP response that is sent before the close if the client can still take one;
 *     null for a close without a response
 * @param onlyIfUnanswered whether the connection stays open when it has no request that waits for
 *     its reply
 */
record CloseReason(@Nullable ByteString reply, boolean onlyIfUnanswered) {
  /** The connection is closed without a response. */
  static final CloseReason SILENT = new CloseReason(null, false);

  static final CloseReason STOPPING =
      new CloseReason(reply(503, "Service Unavailable", "the server is stopping; try again"), true);

  static final CloseReason NO_ROOM_FOR_BODY =
      new CloseReason(
          reply(
              503,
              "Service Unavailable",
              "the bodies of all requests together need more memory than they may have; try again"),
          false);

  static final CloseReason TOO_MANY_CONNECTIONS =
      new CloseReason(
          reply(
              503,
              "Service Unavailable",
              "your address has as many connections open as one address may have; close some or"
                  + " reuse them"),
          false);

  static final CloseReason CONTENT_LENGTH_TOO_LONG =
      new CloseReason(
          reply(400, "Bad Request", "Content-Length has too many digits (expected: up to 18)"),
          false);

  static CloseReason headTooSlow(ConnectionLimits limits) {
    String message =
        "the head of the request did not arrive within %d ms"
            .formatted(limits.headTimeout().toMillis());
    return new CloseReason(reply(408, "Request Timeout", message), false);
  }

  static CloseReason headTooLarge(ConnectionLimits limits) {
    String message =
        "request line and headers together are larger than the limit of %d bytes"
            .formatted(limits.maxHeadBytes());
    return new CloseReason(reply(431, "Request Header Fields Too Large", message), false);
  }

  /**
   * @param value the illegal value of the header, without invisible characters
   */
  static CloseReason illegalHost(String value) {
    String message =
        "the Host header '%s' is not a host (expected: NAME, ADDRESS or [IPV6-ADDRESS], optionally with :PORT)"
            .formatted(value);
    return new CloseReason(reply(400, "Bad Request", message), false);
  }

  private record ErrorBody(String status, String message) {}

  private static ByteString reply(int code, String reason, String message) {
    byte[] body = Json.write(new ErrorBody("error", message));
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
