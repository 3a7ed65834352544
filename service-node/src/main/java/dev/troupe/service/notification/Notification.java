package dev.troupe.service.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification as clients see one.
 *
 * @param type how it is to reach the user, like {@code email}
 * @param attempts to deliver it so far
 */
record Notification(
    long id,
    long userId,
    String type,
    String message,
    State state,
    int attempts,
    Instant createdAt,
    @Nullable Instant sentAt) {}
