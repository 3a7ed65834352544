package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ServiceRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks and until when: handed to every handler and on to every call made on its behalf.
 *
 * @param deadline when the first caller stops waiting; nobody works past it
 */
public record Call(
    String requestId,
    Instant deadline,
    @Nullable String idempotencyKey,
    @Nullable String traceparent) {

  static Call of(ServiceRequest request) {
    return new Call(
        request.requestId(),
        Instant.ofEpochMilli(request.deadlineMillis()),
        request.idempotencyKey(),
        request.traceparent());
  }

  /** A call that begins here, not on behalf of a request. */
  public static Call within(Duration timeout) {
    return new Call(UUID.randomUUID().toString(), Instant.now().plus(timeout), null, null);
  }
}
