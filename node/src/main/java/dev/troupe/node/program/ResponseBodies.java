package dev.troupe.node.program;

import java.util.OptionalLong;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** What can be done with the bodies of responses; their types and lengths stay. */
public final class ResponseBodies {
  private ResponseBodies() {}

  /** Nobody wants the body. */
  public static void cancel(HttpResponse response, Materializer materializer) {
    if (!response.entity().isStrict()) {
      response.entity().getDataBytes().runWith(Sink.cancelled(), materializer);
    }
  }

  /** Whether a body of this type may be silent for long. */
  public static boolean isEventStream(ContentType type) {
    return type.mediaType().toString().equals("text/event-stream");
  }

  /** The response with its body, which is not strict, passed through {@code flow}. */
  public static HttpResponse via(HttpResponse response, Flow<ByteString, ByteString, ?> flow) {
    return with(response, response.entity().getDataBytes().via(flow));
  }

  /** The response with another body of the same type and length. */
  static HttpResponse with(HttpResponse response, Source<ByteString, ?> bytes) {
    ContentType type = response.entity().getContentType();
    OptionalLong length = response.entity().getContentLengthOption();
    // A body that ends with the connection of the program must not end that of the client.
    return response.withEntity(
        length.isPresent()
            ? HttpEntities.create(type, length.getAsLong(), bytes)
            : HttpEntities.createChunked(type, bytes));
  }
}
