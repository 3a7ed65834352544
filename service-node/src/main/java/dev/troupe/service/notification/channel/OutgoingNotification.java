package dev.troupe.service.notification.channel;

import java.time.Instant;

/**
 * A notification that a channel is to deliver.
 *
 * @param attempt the number of this attempt, from 1
 */
public record OutgoingNotification(
    long id, long userId, String type, String message, Instant createdAt, int attempt) {

  /** Is the same at every attempt, so that a receiver can recognise a repeated one. */
  String key() {
    return "notification-" + id;
  }
}
