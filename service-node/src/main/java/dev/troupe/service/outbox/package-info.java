/** Notifications that are stored with what they tell of, and sent on to NotificationService. */
@NullMarked
package dev.troupe.service.outbox;

import org.jspecify.annotations.NullMarked;
