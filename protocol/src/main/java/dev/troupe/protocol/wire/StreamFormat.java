package dev.troupe.protocol.wire;

import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.call.StreamChunk;
import dev.troupe.protocol.call.StreamEnd;
import dev.troupe.protocol.json.JsonBytes;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The order of the fields of the messages that carry a stream. Thread-safe. */
final class StreamFormat {
  private final ActorRefMemo refs;

  StreamFormat(ActorRefMemo refs) {
    this.refs = refs;
  }

  void write(@Nullable BodyStream stream, ByteBuffer buffer) {
    buffer.put((byte) (stream == null ? 0 : 1));
    if (stream != null) {
      Fields.writeText(buffer, stream.type());
      buffer.putLong(stream.length());
      Fields.writeBytes(buffer, refs.write(stream.source().unsafeUpcast()));
    }
  }

  /** Null also at the end of a message of those who do not know streams. */
  @Nullable BodyStream readOptional(ByteBuffer buffer) throws NotSerializableException {
    return buffer.hasRemaining() && buffer.get() != 0
        ? new BodyStream(
            Fields.readText(buffer, "type"),
            buffer.getLong(),
            refs.read(Fields.readBytes(buffer, "stream")).unsafeUpcast())
        : null;
  }

  void write(ChunkRequest request, ByteBuffer buffer) {
    buffer.putLong(request.until());
    Fields.writeBytes(buffer, refs.write(request.replyTo().unsafeUpcast()));
  }

  ChunkRequest readRequest(ByteBuffer buffer) throws NotSerializableException {
    return new ChunkRequest(
        buffer.getLong(), refs.read(Fields.readBytes(buffer, "replyTo")).unsafeUpcast());
  }

  void write(StreamChunk chunk, ByteBuffer buffer) {
    buffer.putLong(chunk.number());
    Fields.writeBytes(buffer, chunk.bytes().bytes());
  }

  StreamChunk readChunk(ByteBuffer buffer) throws NotSerializableException {
    return new StreamChunk(buffer.getLong(), JsonBytes.of(Fields.readBytes(buffer, "bytes")));
  }

  void write(StreamEnd end, ByteBuffer buffer) {
    buffer.putLong(end.number());
    Fields.writeText(buffer, end.failure());
  }

  StreamEnd readEnd(ByteBuffer buffer) throws NotSerializableException {
    return new StreamEnd(buffer.getLong(), Fields.readOptional(buffer, "failure"));
  }
}
