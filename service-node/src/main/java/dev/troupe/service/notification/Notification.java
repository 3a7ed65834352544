package dev.troupe.service.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification as clients see one.
 *
 * @param type the way to reach the user, like {@code email}
 * @param channel the channel that the settings give its type
 * @param attempts to deliver it so far, since it was accepted or last retried
 * @param lastError why the last failed attempt failed
 * @param nextAttemptAt null while it is being delivered, and once it is sent or dead
 */
record Notification(
    long id,
    long userId,
    String type,
    String channel,
    String message,
    NotificationState state,
    int attempts,
    Instant createdAt,
    @Nullable Instant sentAt,
    @Nullable String lastError,
    @Nullable Instant nextAttemptAt) {}
