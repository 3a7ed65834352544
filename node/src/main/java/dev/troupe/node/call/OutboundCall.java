package dev.troupe.node.call;

import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.json.JsonBytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to be made, before an instance is chosen for it.
 *
 * @param idempotent whether doing the action twice is the same as doing it once
 * @param deadlineMillis when the caller stops waiting, in milliseconds since the epoch; what the
 *     settings allow a call of the service ends it earlier
 */
public record OutboundCall(
    String requestId,
    String service,
    String action,
    boolean idempotent,
    Map<String, String> path,
    Map<String, String> query,
    JsonBytes data,
    long deadlineMillis,
    @Nullable String idempotencyKey,
    @Nullable Preconditions preconditions,
    @Nullable String traceparent) {
  /** Of a caller that waits for as long as the settings allow the call. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /**
   * Whether it may be sent again when the instance that had it is lost: a service does nothing
   * twice under one key.
   */
  boolean isRepeatable() {
    return idempotent || idempotencyKey != null;
  }
}
