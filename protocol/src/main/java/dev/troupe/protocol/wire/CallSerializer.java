package dev.troupe.protocol.wire;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
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
  private static final String REQUEST = "request-1";
  private static final String REPLY = "reply-1";
  private static final int ENVELOPE = 1024;
  private static final int LARGEST = 1 << 30;

  private final CallFormat format;

  public CallSerializer(ExtendedActorSystem system) {
    this.format = new CallFormat(new ActorRefMemo(system));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return message instanceof ServiceRequest ? REQUEST : REPLY;
  }

  @Override
  public void toBinary(Object message, ByteBuffer buffer) {
    if (message instanceof ServiceRequest request) {
      format.write(request, buffer);
    } else if (message instanceof ServiceReply reply) {
      format.write(reply, buffer);
    } else {
      throw new IllegalArgumentException(
          message.getClass() + " (expected: a ServiceRequest or a ServiceReply)");
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
    return message instanceof ServiceReply reply ? reply.data().size() : 0;
  }

  /**
   * @throws NotSerializableException when the bytes are not a message of this manifest; Pekko then
   *     logs it and goes on with the next
   */
  @Override
  public Object fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
    return switch (manifest) {
      case REQUEST -> format.readRequest(buffer);
      case REPLY -> format.readReply(buffer);
      default ->
          throw new NotSerializableException(
              "the manifest '%s' (expected: %s or %s): a node of another version sent it"
                  .formatted(manifest, REQUEST, REPLY));
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return fromBinary(ByteBuffer.wrap(bytes), manifest);
  }
}
