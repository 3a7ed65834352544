package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ServiceRequest;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks and until when: handed to every handler and on to every call made on its behalf.
 *
 * @param deadline when the first caller stops waiting; nobody works past it
 * @param condition under which its client wants a write done
 * @param keyedWrite what its client may send again, if it gave an idempotency key for a write
 */
public record CallContext(
    String requestId,
    Deadline deadline,
    Condition condition,
    @Nullable IdempotentWrite keyedWrite,
    @Nullable String traceparent) {

  /**
   * @throws InvalidInputException when the condition of {@code request} cannot be understood
   */
  static CallContext of(ServiceRequest request, Action<?, ?> action) {
    return new CallContext(
        request.requestId(),
        request.deadline(),
        Condition.of(request),
        IdempotentWrite.of(request, action),
        request.traceparent());
  }

  /** A call that begins here, not on behalf of a request. */
  public static CallContext within(Duration timeout) {
    return new CallContext(
        UUID.randomUUID().toString(), Deadline.after(timeout), Condition.NONE, null, null);
  }
}
