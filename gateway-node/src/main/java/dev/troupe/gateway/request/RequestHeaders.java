package dev.troupe.gateway.request;

import dev.troupe.protocol.call.Preconditions;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway wants to know of a request's headers.
 *
 * @param requestId the client's own, if it is usable
 * @param idempotencyKey as it was given
 * @param preconditions as they were given, if there are any
 * @param traceparent the W3C trace context, if it has the length of one
 */
record RequestHeaders(
    @Nullable String requestId,
    @Nullable String idempotencyKey,
    @Nullable Preconditions preconditions,
    @Nullable String traceparent) {
  static final String REQUEST_ID = "X-Request-Id";

  private static final RequestHeaders NONE = new RequestHeaders(null, null, null, null);
  private static final int MAX_TRACEPARENT = 128;
  private static final int MAX_ENTITY_TAGS = 4096;

  static RequestHeaders of(HttpRequest request) {
    RequestHeaders headers = NONE;
    for (HttpHeader header : request.getHeaders()) {
      headers = headers.with(header.lowercaseName(), header.value());
    }
    return headers;
  }

  /**
   * @throws BadRequestException when what a service relies on cannot be used
   */
  void check() {
    IdempotencyKeys.check(idempotencyKey);
    checkLength("If-Match", ifMatch());
    checkLength("If-None-Match", ifNoneMatch());
  }

  private RequestHeaders with(String name, String value) {
    return switch (name) {
      case "x-request-id" ->
          RequestIds.isSane(value)
              ? new RequestHeaders(value, idempotencyKey, preconditions, traceparent)
              : this;
      case "idempotency-key" -> new RequestHeaders(requestId, value, preconditions, traceparent);
      case "traceparent" ->
          value.length() <= MAX_TRACEPARENT
              ? new RequestHeaders(requestId, idempotencyKey, preconditions, value)
              : this;
      case "if-match" -> under(new Preconditions(joined(ifMatch(), value), ifNoneMatch()));
      case "if-none-match" -> under(new Preconditions(ifMatch(), joined(ifNoneMatch(), value)));
      default -> this;
    };
  }

  private RequestHeaders under(Preconditions wanted) {
    return new RequestHeaders(requestId, idempotencyKey, wanted, traceparent);
  }

  private @Nullable String ifMatch() {
    return preconditions == null ? null : preconditions.ifMatch();
  }

  private @Nullable String ifNoneMatch() {
    return preconditions == null ? null : preconditions.ifNoneMatch();
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
