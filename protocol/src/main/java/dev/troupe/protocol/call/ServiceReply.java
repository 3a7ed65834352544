package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link ServiceRequest}: {@code data} when it succeeded, {@code message} when not.
 *
 * @param data the whole body for the client, {@code status} and {@code request_id} included
 * @param message what went wrong and what to do, for a client developer to read
 */
public record ServiceReply(
    long correlationId,
    String requestId,
    ReplyStatus status,
    JsonBytes data,
    @Nullable String message)
    implements WireMessage {

  public static ServiceReply success(ServiceRequest request, ReplyStatus status, JsonBytes data) {
    return new ServiceReply(request.correlationId(), request.requestId(), status, data, null);
  }

  public static ServiceReply error(ServiceRequest request, ReplyStatus status, String message) {
    return new ServiceReply(
        request.correlationId(), request.requestId(), status, JsonBytes.EMPTY, message);
  }
}
