package dev.troupe.protocol.metrics;

import dev.troupe.protocol.WireMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Asks a node for its metrics.
 *
 * @param scrape comes back in the reply, so that a late one is recognisable
 */
public record MetricsRequest(long scrape, ActorRef<MetricsReport> replyTo) implements WireMessage {}
