package dev.troupe.node.call;

import dev.troupe.node.program.ProxiedRequest;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.trace.TraceContext;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A call to be made, as its caller describes it. The router chooses the instance and makes a {@link
 * ServiceRequest} of it.
 *
 * @param idempotent whether doing the action twice is the same as doing it once
 * @param deadline when the caller stops waiting, or {@link Deadline#NEVER}; the settings of the
 *     service may end the call earlier
 * @param trace see {@link ServiceRequest#trace}
 * @param client see {@link ServiceRequest#client}
 * @param principal see {@link ServiceRequest#principal}
 * @param upload the body in place of {@code data}; null unless it passes in chunks
 * @param headers see {@link ServiceRequest#headers}
 * @param proxied what a program gets in place of the other parts; null if the service is none
 */
public record OutboundCall(
    String requestId,
    String service,
    String action,
    boolean idempotent,
    Map<String, String> path,
    QueryParameters query,
    JsonBytes data,
    Deadline deadline,
    @Nullable String idempotencyKey,
    @Nullable Preconditions preconditions,
    @Nullable TraceContext trace,
    @Nullable String client,
    @Nullable String principal,
    @Nullable StreamedBody upload,
    Map<String, String> headers,
    @Nullable ProxiedRequest proxied) {
  /** A call that is not made for a client of the gateway. */
  public OutboundCall(
      String requestId,
      String service,
      String action,
      boolean idempotent,
      Map<String, String> path,
      QueryParameters query,
      JsonBytes data,
      Deadline deadline,
      @Nullable String idempotencyKey,
      @Nullable Preconditions preconditions,
      @Nullable TraceContext trace) {
    this(
        requestId,
        service,
        action,
        idempotent,
        path,
        query,
        data,
        deadline,
        idempotencyKey,
        preconditions,
        trace,
        null,
        null,
        null,
        Map.of(),
        null);
  }

  public OutboundCall {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(deadline, "deadline");
  }

  /**
   * Whether the call may be sent again when the instance that had it is lost: because the action is
   * idempotent, or because a service does nothing twice under one idempotency key. A body that an
   * instance has begun to read cannot be sent to another one.
   */
  boolean isRepeatable() {
    return (idempotent || idempotencyKey != null) && (upload == null || !upload.isTaken());
  }

  /**
   * @param until when the instance must have answered
   * @param span of the attempt
   */
  ServiceRequest toRequest(
      long correlationId, Deadline until, long span, ActorRef<ServiceReply> replyTo) {
    return new ServiceRequest(
        correlationId,
        requestId,
        action,
        path,
        query,
        data,
        until,
        idempotencyKey,
        preconditions,
        trace == null ? null : trace.at(span),
        client,
        principal,
        upload == null ? null : upload.stream(),
        headers,
        replyTo);
  }
}
