package dev.troupe.protocol.service;

import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ServiceRequest;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The caller of an action and its deadline. Every handler gets it, and passes it to the calls it
 * makes.
 *
 * @param deadline when the first caller stops waiting; no work begins after it
 * @param condition the condition of the client for a write, from {@code If-Match} or {@code
 *     If-None-Match}
 * @param upload the body of an action that is stated as {@link Action#upload}; null for others, see
 *     {@link #body}
 * @param keyedWrite the write that the client may repeat; null without an idempotency key
 * @param event that the handler is called for; null in other calls
 */
public record CallContext(
    String requestId,
    Deadline deadline,
    Condition condition,
    @Nullable IdempotentWrite keyedWrite,
    @Nullable EventId event,
    @Nullable String traceparent,
    @Nullable Upload upload) {

  /** The call of an action whose body is no upload. */
  public CallContext(
      String requestId,
      Deadline deadline,
      Condition condition,
      @Nullable IdempotentWrite keyedWrite,
      @Nullable EventId event,
      @Nullable String traceparent) {
    this(requestId, deadline, condition, keyedWrite, event, traceparent, null);
  }

  /**
   * @throws InvalidInputException when the condition of {@code request} is not well-formed
   */
  static CallContext of(ServiceRequest request, Action<?, ?> action, Upload.Receiver uploads) {
    EventId event = EventId.of(request.client(), request.idempotencyKey());
    BodyStream upload = request.upload();
    return new CallContext(
        request.requestId(),
        request.deadline(),
        Condition.of(request),
        event == null ? IdempotentWrite.of(request, action) : null,
        event,
        request.traceparent(),
        upload == null ? null : new Upload(upload, uploads));
  }

  /**
   * The body of a request to an action that is stated as {@link Action#upload}.
   *
   * @throws IllegalStateException when the action is not
   */
  public Upload body() {
    if (upload == null) {
      throw new IllegalStateException(
          "the call has no upload (expected: an action stated as .upload())");
    }
    return upload;
  }

  /** A call that no request causes, with a time limit. */
  public static CallContext within(Duration timeout) {
    return new CallContext(
        UUID.randomUUID().toString(), Deadline.after(timeout), Condition.NONE, null, null, null);
  }
}
