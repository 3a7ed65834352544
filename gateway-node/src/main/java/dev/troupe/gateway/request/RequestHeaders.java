package dev.troupe.gateway.request;

import dev.troupe.protocol.call.Preconditions;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.Host;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway wants to know of a request's headers.
 *
 * @param requestId the client's own, if it is usable
 * @param idempotencyKey as it was given
 * @param preconditions as they were given, if there are any
 * @param traceparent the W3C trace context, if it has the length of one
 * @param origin of the web page that made a browser send it
 * @param fetchSite how that page is related to the gateway, as the browser says
 * @param unreadableType a content type that is none
 * @param unreadableHost a {@code Host} that is none
 * @param unreadableFraming the name of a header that says where the body ends, if it could not be
 *     read
 */
record RequestHeaders(
    @Nullable String requestId,
    @Nullable String idempotencyKey,
    @Nullable Preconditions preconditions,
    @Nullable String traceparent,
    @Nullable String origin,
    @Nullable String fetchSite,
    @Nullable String unreadableType,
    @Nullable String unreadableHost,
    @Nullable String unreadableFraming) {
  static final String REQUEST_ID = "X-Request-Id";

  private static final int MAX_TRACEPARENT = 128;
  private static final int MAX_ENTITY_TAGS = 4096;

  static RequestHeaders of(HttpRequest request) {
    String requestId = null;
    String idempotencyKey = null;
    Preconditions preconditions = null;
    String traceparent = null;
    String origin = null;
    String fetchSite = null;
    String unreadableType = null;
    String unreadableHost = null;
    String unreadableFraming = null;
    for (HttpHeader header : request.getHeaders()) {
      switch (header.lowercaseName()) {
        case "x-request-id" ->
            requestId = RequestIds.isSane(header.value()) ? header.value() : requestId;
        case "idempotency-key" -> idempotencyKey = header.value();
        case "traceparent" ->
            traceparent = header.value().length() <= MAX_TRACEPARENT ? header.value() : traceparent;
        case "if-match" -> preconditions = withIfMatch(preconditions, header.value());
        case "if-none-match" -> preconditions = withIfNoneMatch(preconditions, header.value());
        // Two of them are those of nobody.
        case "origin" -> origin = origin == null ? header.value() : "null";
        case "sec-fetch-site" -> fetchSite = header.value();
        // Pekko HTTP keeps what it understands of these to itself, and leaves the rest here.
        case "content-type" -> unreadableType = header.value();
        case "host" -> unreadableHost = isHost(header) ? unreadableHost : header.value();
        case "transfer-encoding", "content-length" -> unreadableFraming = header.name();
        default -> {}
      }
    }
    return new RequestHeaders(
        requestId,
        idempotencyKey,
        preconditions,
        traceparent,
        origin,
        fetchSite,
        unreadableType,
        unreadableHost,
        unreadableFraming);
  }

  /**
   * @throws BadRequestException when what a service relies on cannot be used
   */
  void check() {
    IdempotencyKeys.check(idempotencyKey);
    if (preconditions != null) {
      checkLength("If-Match", preconditions.ifMatch());
      checkLength("If-None-Match", preconditions.ifNoneMatch());
    }
  }

  private static boolean isHost(HttpHeader header) {
    return header instanceof Host host && !host.host().address().isEmpty();
  }

  private static Preconditions withIfMatch(@Nullable Preconditions earlier, String tags) {
    return earlier == null
        ? new Preconditions(tags, null)
        : new Preconditions(joined(earlier.ifMatch(), tags), earlier.ifNoneMatch());
  }

  private static Preconditions withIfNoneMatch(@Nullable Preconditions earlier, String tags) {
    return earlier == null
        ? new Preconditions(null, tags)
        : new Preconditions(earlier.ifMatch(), joined(earlier.ifNoneMatch(), tags));
  }

  // A list may come in several lines (RFC 9110, 5.3).
  private static String joined(@Nullable String earlier, String value) {
    return earlier == null ? value : earlier + ", " + value;
  }

  private static void checkLength(String name, @Nullable String tags) {
    if (tags != null && tags.length() > MAX_ENTITY_TAGS) {
      throw new BadRequestException(
          "%s has %d characters (expected: up to %d)"
              .formatted(name, tags.length(), MAX_ENTITY_TAGS));
    }
  }
}
