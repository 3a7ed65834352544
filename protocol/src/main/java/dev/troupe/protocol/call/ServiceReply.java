package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.json.JsonBytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link ServiceRequest}: {@code data} when it succeeded, {@code message} when not,
 * neither when it is {@link ReplyStatus#NOT_MODIFIED} or {@link ReplyStatus#NO_CONTENT}.
 *
 * @param data the whole body for the client: JSON, {@code status} and {@code request_id} included,
 *     unless {@code headers} have a {@link #CONTENT_TYPE}; of an error the list of its {@link
 *     FieldError}s, or empty
 * @param message what went wrong and what to do, for a client developer to read
 * @param headers for the client beside the body, like {@code ETag}; nearly always none or one
 * @param stream the body in place of {@code data}; null unless it is sent in chunks
 */
public record ServiceReply(
    long correlationId,
    String requestId,
    ReplyStatus status,
    JsonBytes data,
    @Nullable String message,
    Map<String, String> headers,
    @Nullable BodyStream stream)
    implements WireMessage {
  /** The header of a 503 that says in how many seconds it makes sense to try again. */
  public static final String RETRY_AFTER = "Retry-After";

  /** The header that says of what type a body is that is not JSON. */
  public static final String CONTENT_TYPE = "Content-Type";

  public ServiceReply {
    headers = Map.copyOf(headers);
  }

  /** A reply whose body is not sent in chunks. */
  public ServiceReply(
      long correlationId,
      String requestId,
      ReplyStatus status,
      JsonBytes data,
      @Nullable String message,
      Map<String, String> headers) {
    this(correlationId, requestId, status, data, message, headers, null);
  }

  /** A reply without headers. */
  public ServiceReply(
      long correlationId,
      String requestId,
      ReplyStatus status,
      JsonBytes data,
      @Nullable String message) {
    this(correlationId, requestId, status, data, message, Map.of());
  }

  public static ServiceReply success(ServiceRequest request, ReplyStatus status, JsonBytes data) {
    return new ServiceReply(request.correlationId(), request.requestId(), status, data, null);
  }

  public static ServiceReply error(ServiceRequest request, ReplyStatus status, String message) {
    return new ServiceReply(
        request.correlationId(), request.requestId(), status, JsonBytes.EMPTY, message);
  }

  /** The client has this already; {@code headers} say so. */
  public static ServiceReply notModified(ServiceRequest request, Map<String, String> headers) {
    return new ServiceReply(
        request.correlationId(),
        request.requestId(),
        ReplyStatus.NOT_MODIFIED,
        JsonBytes.EMPTY,
        null,
        headers);
  }

  /** The same reply with another body. */
  public ServiceReply withData(JsonBytes body) {
    return new ServiceReply(correlationId, requestId, status, body, message, headers, stream);
  }

  /** The same reply, whose body is sent in chunks. */
  public ServiceReply withStream(BodyStream body) {
    return new ServiceReply(correlationId, requestId, status, data, message, headers, body);
  }

  /** The same reply, to whoever knows the request by {@code correlationId}. */
  public ServiceReply under(long correlationId) {
    return new ServiceReply(correlationId, requestId, status, data, message, headers, stream);
  }
}
