package dev.troupe.protocol.call;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * A body that passes from one node to another in chunks, while it is made or while it arrives.
 *
 * @param type its media type
 * @param length in bytes; {@link #UNKNOWN} if the sender does not know it
 * @param source sends the chunks to whoever asks for them first
 */
public record BodyStream(String type, long length, ActorRef<ChunkRequest> source) {
  public static final long UNKNOWN = -1;

  /** The largest chunk, in bytes: small beside the largest frame of the nodes. */
  public static final int CHUNK = 32 << 10;
}
