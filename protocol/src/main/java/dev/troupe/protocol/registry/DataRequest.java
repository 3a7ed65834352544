package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Asks a node what it holds of Distributed Data.
 *
 * @param query comes back in the reply, so that a late one is recognisable
 */
public record DataRequest(long query, ActorRef<DataReport> replyTo) implements WireMessage {}
