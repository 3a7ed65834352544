package dev.troupe.protocol.metrics;

import dev.troupe.protocol.WireMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Asks a node for the samples of its load that it has kept.
 *
 * @param request comes back in the reply, so that a late one is recognisable
 * @param process that of the last report; the node of another process tells all that it has
 * @param after the tick of the newest sample that is known of {@code process}
 */
public record HistoryRequest(
    long request, long process, long after, ActorRef<HistoryReport> replyTo)
    implements WireMessage {}
