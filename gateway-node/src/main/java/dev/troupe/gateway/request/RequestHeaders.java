package dev.troupe.gateway.request;

import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway wants to know of a request's headers.
 *
 * @param requestId the client's own, if it is usable
 * @param idempotencyKey as it was given
 * @param traceparent the W3C trace context, if it has the length of one
 */
record RequestHeaders(
    @Nullable String requestId, @Nullable String idempotencyKey, @Nullable String traceparent) {
  static final String REQUEST_ID = "X-Request-Id";

  private static final RequestHeaders NONE = new RequestHeaders(null, null, null);
  private static final int MAX_TRACEPARENT = 128;

  static RequestHeaders of(HttpRequest request) {
    RequestHeaders headers = NONE;
    for (HttpHeader header : request.getHeaders()) {
      headers = headers.with(header.lowercaseName(), header.value());
    }
    return headers;
  }

  private RequestHeaders with(String name, String value) {
    return switch (name) {
      case "x-request-id" ->
          RequestIds.isSane(value) ? new RequestHeaders(value, idempotencyKey, traceparent) : this;
      case "idempotency-key" -> new RequestHeaders(requestId, value, traceparent);
      case "traceparent" ->
          value.length() <= MAX_TRACEPARENT
              ? new RequestHeaders(requestId, idempotencyKey, value)
              : this;
      default -> this;
    };
  }
}
