package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.json.JsonBytes;

/**
 * A part of a large body.
 *
 * @param offset of its first byte
 */
public record BodyPart(int offset, JsonBytes bytes) implements WireMessage {}
