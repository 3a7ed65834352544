package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A request whose body is too large for one message: the receiver asks for its parts.
 *
 * @param head the request without its body
 * @param size of the body in bytes
 * @param source holds the body until the deadline of the request
 */
public record LargeRequest(ServiceRequest head, int size, ActorRef<PartRequest> source)
    implements WireMessage {}
