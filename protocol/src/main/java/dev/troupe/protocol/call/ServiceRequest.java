package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.json.JsonBytes;
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
 * @param traceparent the W3C trace context, if the client gave one
 * @param replyTo gets exactly one {@link ServiceReply} unless the instance dies
 */
public record ServiceRequest(
    long correlationId,
    String requestId,
    String action,
    Map<String, String> path,
    Map<String, String> query,
    JsonBytes data,
    Deadline deadline,
    @Nullable String idempotencyKey,
    @Nullable Preconditions preconditions,
    @Nullable String traceparent,
    ActorRef<ServiceReply> replyTo)
    implements WireMessage {

  public ServiceRequest {
    path = Map.copyOf(path);
    query = Map.copyOf(query);
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
        traceparent,
        replyTo);
  }

  /** The same request, to be answered to {@code replyTo} under another {@code correlationId}. */
  public ServiceRequest under(long correlationId, ActorRef<ServiceReply> replyTo) {
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
        traceparent,
        replyTo);
  }
}
