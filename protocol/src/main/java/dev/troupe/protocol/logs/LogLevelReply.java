package dev.troupe.protocol.logs;

import dev.troupe.protocol.WireMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a node says to a {@link LogLevelRequest}.
 *
 * @param refusal why the level was not set; null if it was
 */
public record LogLevelReply(@Nullable String refusal) implements WireMessage {}
