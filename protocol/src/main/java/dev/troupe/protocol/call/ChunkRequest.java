package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Asks the source of a {@link BodyStream} for chunks.
 *
 * @param until how many chunks of the whole stream may be sent so far; {@link #NO_MORE} says that
 *     nothing more of the stream is wanted
 * @param replyTo gets the chunks, and then the {@link StreamEnd}; the first one to ask gets them
 */
public record ChunkRequest(long until, ActorRef<StreamPart> replyTo) implements WireMessage {
  public static final long NO_MORE = -1;
}
