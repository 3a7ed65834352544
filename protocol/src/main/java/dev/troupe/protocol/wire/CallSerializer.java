package dev.troupe.protocol.wire;

import dev.troupe.protocol.call.BodyPart;
import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.LargeRequest;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.call.StreamChunk;
import dev.troupe.protocol.call.StreamEnd;
import dev.troupe.protocol.call.VersionMismatch;
import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes requests and replies field by field into the buffer they are sent from, which costs a
 * fraction of what a general format does. Pekko creates it by its name. Thread-safe.
 *
 * <p>The manifest is the version of the layout. What a reader does not know at the end of a message
 * it leaves unread, so that a new field may be appended within a version.
 */
public final class CallSerializer extends SerializerWithStringManifest
    implements ByteBufferSerializer {
  private static final int IDENTIFIER = 7001;
  private static final int REQUEST_VERSION = 3;
  private static final int REPLY_VERSION = 1;
  private static final String REQUESTS = "request-";
  private static final String REQUEST = REQUESTS + REQUEST_VERSION;
  private static final String FIRST_REQUEST = REQUESTS + "1";
  private static final String LARGE_REQUESTS = "large-request-";
  private static final String LARGE_REPLIES = "large-reply-";
  private static final String REPLIES = "reply-";
  private static final String REPLY = REPLIES + REPLY_VERSION;
  private static final String LARGE_REQUEST = LARGE_REQUESTS + REQUEST_VERSION;
  private static final String LARGE_REPLY = LARGE_REPLIES + REPLY_VERSION;
  private static final String PART_REQUEST = "part-request-1";
  private static final String PART = "body-part-1";
  private static final String CHUNK_REQUEST = "chunk-request-1";
  private static final String CHUNK = "stream-chunk-1";
  private static final String END = "stream-end-1";
  private static final int ENVELOPE = 1024;
  private static final int LARGEST = 1 << 30;

  private final CallFormat format;
  private final StreamFormat streams;

  public CallSerializer(ExtendedActorSystem system) {
    ActorRefMemo refs = new ActorRefMemo(system);
    this.streams = new StreamFormat(refs);
    this.format = new CallFormat(refs, streams);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof ServiceRequest) {
      return REQUEST;
    }
    if (message instanceof ServiceReply) {
      return REPLY;
    }
    if (message instanceof BodyPart) {
      return PART;
    }
    if (message instanceof PartRequest) {
      return PART_REQUEST;
    }
    if (message instanceof StreamChunk) {
      return CHUNK;
    }
    if (message instanceof ChunkRequest) {
      return CHUNK_REQUEST;
    }
    if (message instanceof StreamEnd) {
      return END;
    }
    return message instanceof LargeRequest ? LARGE_REQUEST : LARGE_REPLY;
  }

  @Override
  public void toBinary(Object message, ByteBuffer buffer) {
    if (message instanceof ServiceRequest request) {
      format.write(request, buffer);
    } else if (message instanceof ServiceReply reply) {
      format.write(reply, buffer);
    } else if (message instanceof BodyPart part) {
      format.write(part, buffer);
    } else if (message instanceof PartRequest wanted) {
      format.write(wanted, buffer);
    } else if (message instanceof LargeRequest large) {
      format.write(large, buffer);
    } else if (message instanceof LargeReply large) {
      format.write(large, buffer);
    } else if (message instanceof StreamChunk chunk) {
      streams.write(chunk, buffer);
    } else if (message instanceof ChunkRequest wanted) {
      streams.write(wanted, buffer);
    } else if (message instanceof StreamEnd end) {
      streams.write(end, buffer);
    } else {
      throw new IllegalArgumentException(message.getClass() + " (expected: a message of a call)");
    }
  }

  @Override
  public byte[] toBinary(Object message) {
    for (int size = ENVELOPE + dataSize(message); ; size = 2 * size) {
      ByteBuffer buffer = ByteBuffer.allocate(size);
      try {
        toBinary(message, buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
      } catch (BufferOverflowException e) {
        // Rare: parameters or headers of more than a kilobyte.
        if (size > LARGEST) {
          throw e;
        }
      }
    }
  }

  private static int dataSize(Object message) {
    if (message instanceof ServiceRequest request) {
      return request.data().size();
    }
    if (message instanceof BodyPart part) {
      return part.bytes().size();
    }
    if (message instanceof StreamChunk chunk) {
      return chunk.bytes().size();
    }
    return message instanceof ServiceReply reply ? reply.data().size() : 0;
  }

  /**
   * Reads a request or a reply. Of a version that is not known it reads what it takes to tell the
   * caller: {@link dev.troupe.protocol.call.UnreadableRequest}, or a reply that says so.
   *
   * @throws NotSerializableException when the bytes are not a message of this manifest; Pekko then
   *     logs it and goes on with the next
   */
  @Override
  public Object fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
    if (manifest.equals(REQUEST)) {
      return format.readRequest(buffer);
    }
    if (manifest.equals(REPLY)) {
      return format.readReply(buffer);
    }
    if (manifest.equals(PART)) {
      return readPart(() -> format.readPart(buffer));
    }
    if (manifest.equals(PART_REQUEST)) {
      return readPart(() -> format.readPartRequest(buffer));
    }
    if (manifest.equals(LARGE_REQUEST)) {
      return readPart(() -> format.readLargeRequest(buffer));
    }
    if (manifest.equals(LARGE_REPLY)) {
      return readPart(() -> format.readLargeReply(buffer));
    }
    if (manifest.equals(CHUNK)) {
      return readPart(() -> streams.readChunk(buffer));
    }
    if (manifest.equals(CHUNK_REQUEST)) {
      return readPart(() -> streams.readRequest(buffer));
    }
    if (manifest.equals(END)) {
      return readPart(() -> streams.readEnd(buffer));
    }
    return readOtherVersion(buffer, manifest);
  }

  private Object readOtherVersion(ByteBuffer buffer, String manifest)
      throws NotSerializableException {
    if (manifest.equals(FIRST_REQUEST)) {
      return format.readFirstVersion(buffer, mismatch(manifest, REQUESTS, REQUEST_VERSION));
    }
    if (manifest.startsWith(REQUESTS)) {
      return format.readHead(buffer, mismatch(manifest, REQUESTS, REQUEST_VERSION));
    }
    if (manifest.startsWith(LARGE_REQUESTS)) {
      VersionMismatch problem = mismatch(manifest, LARGE_REQUESTS, REQUEST_VERSION);
      return readPart(() -> format.readLargeHead(buffer, problem));
    }
    if (manifest.startsWith(REPLIES)) {
      return format.readUnknownReply(buffer, mismatch(manifest, REPLIES, REPLY_VERSION));
    }
    if (manifest.startsWith(LARGE_REPLIES)) {
      VersionMismatch problem = mismatch(manifest, LARGE_REPLIES, REPLY_VERSION);
      return readPart(() -> format.readUnknownLargeReply(buffer, problem));
    }
    throw unknown(manifest, REQUEST + " or " + REPLY);
  }

  private interface Reader {
    Object read() throws NotSerializableException;
  }

  private static Object readPart(Reader reader) throws NotSerializableException {
    try {
      return reader.read();
    } catch (BufferUnderflowException e) {
      throw Fields.malformed("a message about a body", "more bytes");
    }
  }

  private static VersionMismatch mismatch(String manifest, String kind, int expected)
      throws NotSerializableException {
    try {
      String message = kind.endsWith(REQUESTS) ? "request" : "reply";
      return new VersionMismatch(
          message, Integer.parseUnsignedInt(manifest.substring(kind.length())), expected);
    } catch (NumberFormatException e) {
      throw unknown(manifest, kind + expected);
    }
  }

  private static NotSerializableException unknown(String manifest, String expected) {
    return Fields.malformed("a message with the manifest '" + manifest + "'", expected);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return fromBinary(ByteBuffer.wrap(bytes), manifest);
  }
}
