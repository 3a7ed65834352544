package dev.troupe.seed.control;

import dev.troupe.protocol.control.ControlError;
import dev.troupe.protocol.json.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;

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
}
