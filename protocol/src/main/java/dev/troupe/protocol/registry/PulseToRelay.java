package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;

/** A pulse that the receiver passes on to all nodes, with its next own. */
public record PulseToRelay(Pulse pulse) implements PulseMessage, WireMessage {}
