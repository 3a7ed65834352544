package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A reply whose body is too large for one message: the caller asks for its parts. Sent to the
 * address for the {@link ServiceReply}.
 *
 * @param head the reply without its body
 * @param size of the body in bytes
 * @param source holds the body until the deadline of the request
 */
public record LargeReply(ServiceReply head, int size, ActorRef<PartRequest> source)
    implements WireMessage {}
