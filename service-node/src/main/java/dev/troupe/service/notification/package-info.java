/** Notifications: stored when accepted, delivered afterwards. */
@NullMarked
package dev.troupe.service.notification;

import org.jspecify.annotations.NullMarked;
