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
public record Call(
    String requestId,
    Deadline deadline,
    Condition condition,
    @Nullable KeyedWrite keyedWrite,
    @Nullable String traceparent) {

  /**
   * @throws InvalidInputException when the condition of {@code request} cannot be understood
   */
  static Call of(ServiceRequest request, Action<?, ?> action) {
    return new Call(
        request.requestId(),
        request.deadline(),
        Condition.of(request),
        KeyedWrite.of(request, action),
        request.traceparent());
  }

  /** A call that begins here, not on behalf of a request. */
  public static Call within(Duration timeout) {
    return new Call(
        UUID.randomUUID().toString(), Deadline.after(timeout), Condition.NONE, null, null);
  }
}
