package dev.troupe.service.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification as clients see one.
 *
 * @param type how it is to reach the user, like {@code email}
 * @param channel where it goes, as set up for its type
 * @param attempts to deliver it so far, since it was accepted or last retried
 * @param lastError why the last attempt that failed did
 * @param nextAttemptAt unless it is being delivered now, sent or dead
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
