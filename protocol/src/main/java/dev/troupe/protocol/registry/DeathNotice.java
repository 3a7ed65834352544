package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;
import java.util.Objects;

/**
 * The supervisor saw the process of a node exit. Sent to every node directly, since gossip takes
 * some rounds.
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
