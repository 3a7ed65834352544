package dev.troupe.service.notification.channel;

import java.time.Instant;

/**
 * A notification on its way.
 *
 * @param attempt which one this is, from 1
 */
public record Delivery(
    long id, long userId, String type, String message, Instant createdAt, int attempt) {

  /** The same at every attempt, so that a receiver knows what it has had already. */
  String key() {
    return "notification-" + id;
  }
}
