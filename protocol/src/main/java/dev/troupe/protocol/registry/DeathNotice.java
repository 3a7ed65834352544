package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;

/**
 * The supervisor saw this node's process exit. Told to every node directly: gossip brings the same
 * news, but takes some rounds.
 *
 * @param address of the node
 */
public record DeathNotice(String address) implements WireMessage {}
