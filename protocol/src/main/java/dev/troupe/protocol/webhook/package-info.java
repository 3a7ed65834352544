/** Signing what is posted to webhooks. */
@NullMarked
package dev.troupe.protocol.webhook;

import org.jspecify.annotations.NullMarked;
