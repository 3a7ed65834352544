package dev.troupe.node.stream;

import dev.troupe.protocol.call.BodyStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/** Divides bytes into chunks. */
public final class Chunks {
  private Chunks() {}

  /** Chunks of {@link BodyStream#CHUNK} bytes at most, and none that are empty. */
  public static Flow<ByteString, ByteString, NotUsed> split() {
    return Flow.of(ByteString.class).mapConcat(Chunks::of);
  }

  private static List<ByteString> of(ByteString bytes) {
    if (bytes.size() <= BodyStream.CHUNK) {
      return bytes.isEmpty() ? List.of() : List.of(bytes);
    }
    List<ByteString> chunks = new ArrayList<>();
    for (ByteString rest = bytes; !rest.isEmpty(); rest = rest.drop(BodyStream.CHUNK)) {
      chunks.add(rest.take(BodyStream.CHUNK).compact());
    }
    return chunks;
  }
}
