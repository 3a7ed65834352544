package dev.troupe.seed.control;

import dev.troupe.node.http.HttpListener;
import dev.troupe.protocol.json.Json;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Writes server-sent events, as the HTML standard defines them. */
final class ServerSentMessages {
  /** A comment, which shows that the stream lives. */
  static final ByteString ALIVE = ByteString.fromString(": alive\n\n");

  private ServerSentMessages() {}

  /** An event with {@code data} as JSON, which has no line break. */
  static ByteString of(String event, Object data) {
    return ByteString.fromString("event: " + event + "\ndata: ")
        .concat(ByteString.fromArrayUnsafe(Json.write(data)))
        .concat(ByteString.fromString("\n\n"));
  }

  /** The same with an id, which a client sends when it connects again. */
  static ByteString of(String id, String event, Object data) {
    return ByteString.fromString("id: " + id + "\n").concat(of(event, data));
  }

  /** A response that ends with its connection. */
  static HttpResponse response(Source<ByteString, ?> messages) {
    return HttpResponse.create()
        .addAttribute(HttpListener.STREAM, true)
        .withEntity(
            HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), messages));
  }
}
