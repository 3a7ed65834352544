package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Asks whoever holds a large body for a part of it.
 *
 * @param offset of its first byte
 * @param length in bytes; 0 says that nothing more of the body is wanted
 */
public record PartRequest(int offset, int length, ActorRef<BodyPart> replyTo)
    implements WireMessage {
  public static PartRequest nothingMore(ActorRef<BodyPart> replyTo) {
    return new PartRequest(0, 0, replyTo);
  }
}
