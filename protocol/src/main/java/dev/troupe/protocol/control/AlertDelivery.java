package dev.troupe.protocol.control;

import org.jspecify.annotations.Nullable;

/**
 * What came of a message to one receiver of alerts.
 *
 * @param receiver without what may be secret
 * @param problem why the receiver did not take it; null if it did
 */
public record AlertDelivery(String receiver, @Nullable String problem) {}
