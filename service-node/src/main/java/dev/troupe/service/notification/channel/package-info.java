/** The ways for notifications to reach users. */
@NullMarked
package dev.troupe.service.notification.channel;

import org.jspecify.annotations.NullMarked;
