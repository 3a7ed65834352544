package dev.troupe.node.program;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** A request to a program that has no answer yet. Confined to the connector. */
final class ProgramCall {
  private final ServiceRequest request;
  private final ProxiedRequest proxied;
  private @Nullable ProgramConnection connection;
  private boolean resent;

  ProgramCall(ServiceRequest request, ProxiedRequest proxied) {
    this.request = request;
    this.proxied = proxied;
  }

  ServiceRequest request() {
    return request;
  }

  ProxiedRequest proxied() {
    return proxied;
  }

  /** The connection that has the request; null if it was lost. */
  @Nullable ProgramConnection connection() {
    return connection;
  }

  void setConnection(@Nullable ProgramConnection connection) {
    this.connection = connection;
  }

  /** Whether sending the request twice has the effect of once, and its body is in memory. */
  boolean isRepeatable() {
    return proxied.isIdempotent() && request.upload() == null;
  }

  /** The request is sent again on another connection, which is possible once. */
  boolean markResent() {
    boolean first = !resent;
    resent = true;
    return first;
  }

  /** Nobody waits for the answer any more. */
  void abort() {
    if (connection != null) {
      connection.endCall();
      connection.abort();
    }
  }

  void fail(ReplyStatus status, String why) {
    request.replyTo().tell(ServiceReply.error(request, status, why));
  }
}
