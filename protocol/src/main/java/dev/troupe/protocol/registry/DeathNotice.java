package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;
import java.util.Objects;

/**
 * The supervisor saw this node's process exit. Told to every node directly: gossip brings the same
 * news, but takes some rounds.
 *
 * @param address of the node
 * @param cause whether it may have died of its work
 */
public record DeathNotice(String address, DeathCause cause) implements WireMessage {
  public DeathNotice {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(cause, "cause");
  }
}
