package dev.troupe.seed.control;

import dev.troupe.node.http.HttpListener;
import dev.troupe.protocol.control.ControlError;
import dev.troupe.protocol.json.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** The forms of the replies of the management API. */
final class ManagementReplies {
  private ManagementReplies() {}

  static HttpResponse json(int code, Object body) {
    return HttpResponse.create()
        .withStatus(code)
        .withEntity(ContentTypes.APPLICATION_JSON, Json.write(body));
  }

  static HttpResponse error(int code, String message) {
    return json(code, new ControlError(message));
  }

  static CompletionStage<HttpResponse> now(HttpResponse response) {
    return CompletableFuture.completedStage(response);
  }

  /** A file that the browser saves under {@code name}. */
  static HttpResponse download(String name, ContentType type, Source<ByteString, ?> content) {
    return HttpResponse.create()
        .addAttribute(HttpListener.STREAM, true)
        .addHeader(RawHeader.create("Content-Disposition", "attachment; filename=\"" + name + "\""))
        .withEntity(HttpEntities.createChunked(type, content));
  }
}
