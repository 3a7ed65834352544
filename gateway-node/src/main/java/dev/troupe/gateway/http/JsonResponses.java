package dev.troupe.gateway.http;

import dev.troupe.protocol.call.FieldError;
import dev.troupe.protocol.json.Json;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Makes HTTP responses with JSON bodies. */
public final class JsonResponses {
  private static final HttpHeader RETRY_AFTER = retryAfter(1);
  private static final HttpHeader NO_SNIFFING =
      RawHeader.create("X-Content-Type-Options", "nosniff");
  private static final List<HttpHeader> NO_STORE =
      List.of(NO_SNIFFING, RawHeader.create("Cache-Control", "no-store"));
  private static final List<HttpHeader> REVALIDATE =
      List.of(NO_SNIFFING, RawHeader.create("Cache-Control", "no-cache"));

  private JsonResponses() {}

  private record ErrorBody(
      String status,
      String message,
      @Nullable List<FieldError> errors,
      @Nullable String requestId) {}

  /** An entity of {@code bytes}, which are not copied and must not change any more. */
  public static HttpEntity.Strict entity(byte[] bytes) {
    return HttpEntities.create(ContentTypes.APPLICATION_JSON, ByteString.fromArrayUnsafe(bytes));
  }

  public static HttpResponse of(int httpCode, Object body) {
    return empty(httpCode).withEntity(entity(Json.write(body)));
  }

  /** A response without a body that caches and browsers must not store. */
  public static HttpResponse empty(int httpCode) {
    return HttpResponse.create().withStatus(StatusCodes.get(httpCode)).withHeaders(NO_STORE);
  }

  /** A response without a body that caches may store, but must revalidate before each use. */
  public static HttpResponse revalidated(int httpCode) {
    return HttpResponse.create().withStatus(StatusCodes.get(httpCode)).withHeaders(REVALIDATE);
  }

  /** The error that replaces a large reply for which there is no memory. */
  static HttpResponse noRoomForReply(HttpResponse reply) {
    String id = reply.getHeader("X-Request-Id").map(HttpHeader::value).orElse(null);
    HttpResponse refusal =
        error(503, "too many large replies wait until their clients read them; try again", id);
    return id == null ? refusal : refusal.addHeader(RawHeader.create("X-Request-Id", id));
  }

  /**
   * An error, with {@code Retry-After} where trying again may help.
   *
   * @param message what went wrong and what to do, for the developer of a client
   * @param requestId null when no request could be parsed
   */
  public static HttpResponse error(int httpCode, String message, @Nullable String requestId) {
    return error(httpCode, message, List.of(), requestId);
  }

  /**
   * An error of a request whose fields are at fault.
   *
   * @param errors not written when there are none
   */
  public static HttpResponse error(
      int httpCode, String message, List<FieldError> errors, @Nullable String requestId) {
    List<FieldError> written = errors.isEmpty() ? null : errors;
    HttpResponse response = of(httpCode, new ErrorBody("error", message, written, requestId));
    return httpCode == 503 || httpCode == 429 ? response.addHeader(RETRY_AFTER) : response;
  }

  private static HttpHeader retryAfter(int seconds) {
    return RawHeader.create("Retry-After", Integer.toString(seconds));
  }
}
