package dev.troupe.service.notification.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification that a channel is to deliver.
 *
 * @param attempt the number of this attempt, from 1
 * @param trace the {@code traceparent} of what has caused it; null if nobody traces that
 */
public record OutgoingNotification(
    long id,
    long userId,
    String type,
    String message,
    Instant createdAt,
    int attempt,
    @Nullable String trace) {

  /** Is the same at every attempt, so that a receiver can recognise a repeated one. */
  String key() {
    return "notification-" + id;
  }
}
