package dev.troupe.node.program;

import dev.troupe.protocol.call.ReplyStatus;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.headers.Connection;

/** What the response of a program means to the router. */
final class ResponseStatus {
  private static final int UNAVAILABLE = 503;
  private static final int DEADLINE = 504;
  private static final int SMALLEST_FAILURE = 500;

  private ResponseStatus() {}

  /** A failure of the program counts as one; what it says to its client does not matter. */
  static ReplyStatus of(int httpCode) {
    if (httpCode < SMALLEST_FAILURE) {
      return ReplyStatus.OK;
    }
    return switch (httpCode) {
      case UNAVAILABLE -> ReplyStatus.UNAVAILABLE;
      case DEADLINE -> ReplyStatus.DEADLINE;
      default -> ReplyStatus.FAILED;
    };
  }

  /** Whether the connection stays open after the response. */
  static boolean isKeptAlive(HttpResponse response) {
    Connection connection = response.getHeader(Connection.class).orElse(null);
    if (connection == null) {
      return response.protocol().equals(HttpProtocols.HTTP_1_1);
    }
    return response.protocol().equals(HttpProtocols.HTTP_1_1)
        ? !connection.hasClose()
        : connection.hasKeepAlive();
  }
}
