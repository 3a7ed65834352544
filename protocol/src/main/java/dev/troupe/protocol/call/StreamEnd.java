package dev.troupe.protocol.call;

import org.jspecify.annotations.Nullable;

/**
 * The end of a stream.
 *
 * @param failure why the stream ends before its end; null when it is complete
 */
public record StreamEnd(long number, @Nullable String failure) implements StreamPart {}
