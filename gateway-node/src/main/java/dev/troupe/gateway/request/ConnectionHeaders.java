package dev.troupe.gateway.request;

import java.util.Set;

/** The headers that concern one connection, and that nobody passes on (RFC 9110, 7.6.1). */
final class ConnectionHeaders {
  static final String CONNECTION = "connection";

  /** In lower case. The header {@code Connection} may name more. */
  static final Set<String> NAMES =
      Set.of(
          CONNECTION,
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private ConnectionHeaders() {}
}
