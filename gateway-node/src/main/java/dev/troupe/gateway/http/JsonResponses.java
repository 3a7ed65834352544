package dev.troupe.gateway.http;

import dev.troupe.protocol.json.Json;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Answers in JSON. */
public final class JsonResponses {
  private static final HttpHeader RETRY_AFTER = retryAfter(1);

  private JsonResponses() {}

  private record ErrorBody(String status, String message, @Nullable String requestId) {}

  /** The body as it is; {@code bytes} must not change any more. */
  public static HttpEntity.Strict entity(byte[] bytes) {
    return HttpEntities.create(ContentTypes.APPLICATION_JSON, ByteString.fromArrayUnsafe(bytes));
  }

  public static HttpResponse of(int httpCode, Object body) {
    return HttpResponse.create()
        .withStatus(StatusCodes.get(httpCode))
        .withEntity(entity(Json.write(body)));
  }

  /**
   * An error, with {@code Retry-After} where trying again may help.
   *
   * @param message what went wrong and what to do, for a client developer to read
   * @param requestId of the request, as far as it is known
   */
  public static HttpResponse error(int httpCode, String message, @Nullable String requestId) {
    HttpResponse response = of(httpCode, new ErrorBody("error", message, requestId));
    return httpCode == 503 || httpCode == 429 ? response.addHeader(RETRY_AFTER) : response;
  }

  /** A 503 that knows when it makes sense to try again. */
  public static HttpResponse unavailable(
      String message, @Nullable String requestId, int retryAfterSeconds) {
    return of(503, new ErrorBody("error", message, requestId))
        .addHeader(retryAfter(retryAfterSeconds));
  }

  private static HttpHeader retryAfter(int seconds) {
    return RawHeader.create("Retry-After", Integer.toString(seconds));
  }
}
