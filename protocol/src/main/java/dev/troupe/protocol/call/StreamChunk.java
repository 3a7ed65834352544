package dev.troupe.protocol.call;

import dev.troupe.protocol.json.JsonBytes;

/** The next bytes of a stream, {@link BodyStream#CHUNK} at most. */
public record StreamChunk(long number, JsonBytes bytes) implements StreamPart {}
