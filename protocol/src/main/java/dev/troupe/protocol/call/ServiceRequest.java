package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.trace.TraceContext;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * One call of an action, from the gateway or from another service.
 *
 * @param correlationId finds the caller's entry when the reply comes back; unique per {@code
 *     replyTo}
 * @param requestId what clients and logs know the request by
 * @param action the action's name, as in the service's descriptor
 * @param path the variables of the matched path template; never merged into {@code data}
 * @param query the query parameters; never merged into {@code data}
 * @param data the body as it arrived; empty when there was none
 * @param deadline when the caller stops waiting, by the clock of the process that has the request
 * @param idempotencyKey what makes a repeated write the same write, if the client gave one
 * @param preconditions under which the client wants it done, if it named any
 * @param trace of the call, with the span of its caller; null if nobody traces it
 * @param client who sent the request to the gateway, as far as its network address tells; cut to
 *     {@value #LONGEST_CLIENT} characters; null if it does not come from a client, or from an
 *     earlier version
 * @param principal who makes the call, as the gateway knows it; null if it does not know
 * @param upload the body in place of {@code data}; null unless it is sent in chunks
 * @param headers those of the client that the action asks for, by their names in lower case
 * @param replyTo gets exactly one {@link ServiceReply} unless the instance dies
 */
public record ServiceRequest(
    long correlationId,
    String requestId,
    String action,
    Map<String, String> path,
    QueryParameters query,
    JsonBytes data,
    Deadline deadline,
    @Nullable String idempotencyKey,
    @Nullable Preconditions preconditions,
    @Nullable TraceContext trace,
    @Nullable String client,
    @Nullable String principal,
    @Nullable BodyStream upload,
    Map<String, String> headers,
    ActorRef<ServiceReply> replyTo)
    implements WireMessage {
  /** The most characters of {@code client}. */
  public static final int LONGEST_CLIENT = 64;

  public ServiceRequest {
    path = Map.copyOf(path);
    headers = Map.copyOf(headers);
    client =
        client == null || client.length() <= LONGEST_CLIENT
            ? client
            : client.substring(0, LONGEST_CLIENT);
  }

  /** A request whose body is not sent in chunks. */
  public ServiceRequest(
      long correlationId,
      String requestId,
      String action,
      Map<String, String> path,
      QueryParameters query,
      JsonBytes data,
      Deadline deadline,
      @Nullable String idempotencyKey,
      @Nullable Preconditions preconditions,
      @Nullable TraceContext trace,
      @Nullable String client,
      ActorRef<ServiceReply> replyTo) {
    this(
        correlationId,
        requestId,
        action,
        path,
        query,
        data,
        deadline,
        idempotencyKey,
        preconditions,
        trace,
        client,
        null,
        null,
        Map.of(),
        replyTo);
  }

  /** A request that does not come from a client. */
  public ServiceRequest(
      long correlationId,
      String requestId,
      String action,
      Map<String, String> path,
      QueryParameters query,
      JsonBytes data,
      Deadline deadline,
      @Nullable String idempotencyKey,
      @Nullable Preconditions preconditions,
      @Nullable TraceContext trace,
      ActorRef<ServiceReply> replyTo) {
    this(
        correlationId,
        requestId,
        action,
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
        replyTo);
  }

  /** The same request with another body. */
  public ServiceRequest withData(JsonBytes body) {
    return new ServiceRequest(
        correlationId,
        requestId,
        action,
        path,
        query,
        body,
        deadline,
        idempotencyKey,
        preconditions,
        trace,
        client,
        principal,
        upload,
        headers,
        replyTo);
  }

  /** The same request, to be answered to {@code replyTo} under another {@code correlationId}. */
  public ServiceRequest under(long correlationId, ActorRef<ServiceReply> replyTo) {
    return under(correlationId, trace, replyTo);
  }

  /**
   * The same request, to be answered to {@code replyTo} under another {@code correlationId}.
   *
   * @param trace with the span of what is done for the request
   */
  public ServiceRequest under(
      long correlationId, @Nullable TraceContext trace, ActorRef<ServiceReply> replyTo) {
    return new ServiceRequest(
        correlationId,
        requestId,
        action,
        path,
        query,
        data,
        deadline,
        idempotencyKey,
        preconditions,
        trace,
        client,
        principal,
        upload,
        headers,
        replyTo);
  }
}
