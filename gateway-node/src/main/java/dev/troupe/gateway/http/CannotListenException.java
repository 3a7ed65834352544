package dev.troupe.gateway.http;

import dev.troupe.protocol.settings.Endpoint;

/** The gateway cannot listen on its address; the message says why, and what the operator can do. */
public final class CannotListenException extends Exception {
  private static final long serialVersionUID = 1L;

  private CannotListenException(String message) {
    super(message);
  }

  static CannotListenException taken(Endpoint endpoint) {
    String holder =
        PortHolder.of(endpoint.port())
            .map(found -> "by pid %d (%s)".formatted(found.pid(), found.command()))
            .orElse("by another process");
    return new CannotListenException(
        "%s is already in use %s. Stop that process, or give the gateway another port: GATEWAY_PORT=5001 or troupe.gateway.port (0 = any free one)"
            .formatted(text(endpoint), holder));
  }

  static CannotListenException refused(Endpoint endpoint, String reason) {
    return new CannotListenException(
        "cannot listen on %s: %s. Choose an address of this host and a port you may use: GATEWAY_HOST and GATEWAY_PORT, or troupe.gateway.host and troupe.gateway.port"
            .formatted(text(endpoint), reason));
  }

  static CannotListenException unknownHost(Endpoint endpoint) {
    return new CannotListenException(
        "troupe.gateway.host (or GATEWAY_HOST) is '%s', which is not an address of this host and cannot be resolved (expected for example: 127.0.0.1)"
            .formatted(endpoint.host()));
  }

  static CannotListenException exposed(Endpoint endpoint) {
    return new CannotListenException(
        "troupe.gateway.host (or GATEWAY_HOST) is '%s', which other machines can reach, and the gateway has neither TLS nor authentication. Use 127.0.0.1, or set troupe.gateway.allow-public = true if something in front of it has both"
            .formatted(endpoint.host()));
  }

  private static String text(Endpoint endpoint) {
    return endpoint.host() + ":" + endpoint.port();
  }
}
