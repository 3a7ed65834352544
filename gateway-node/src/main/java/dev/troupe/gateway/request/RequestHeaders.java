package dev.troupe.gateway.request;

import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.trace.TraceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.Host;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request that the gateway uses.
 *
 * @param requestId the client's own id; null if it is illegal
 * @param idempotencyKey as the client gave it
 * @param preconditions {@code If-Match} and {@code If-None-Match} as the client gave them
 * @param trace the trace that the client has begun; null if there is none or it is malformed
 * @param origin of the web page that made its browser send the request; "null" if there are several
 * @param fetchSite the relation of that page to the gateway, as the browser tells it
 * @param illegalContentType the content type, if it is illegal
 * @param illegalHost the {@code Host}, if it is illegal
 * @param illegalFraming the name of an illegal {@code Content-Length} or {@code Transfer-Encoding}
 */
record RequestHeaders(
    @Nullable String requestId,
    @Nullable String idempotencyKey,
    @Nullable Preconditions preconditions,
    @Nullable TraceContext trace,
    @Nullable String origin,
    @Nullable String fetchSite,
    @Nullable String illegalContentType,
    @Nullable String illegalHost,
    @Nullable String illegalFraming) {
  static final String REQUEST_ID = "X-Request-Id";

  private static final int MAX_ENTITY_TAGS = 4096;
  private static final int MAX_IDEMPOTENCY_KEY = 255;
  private static final String LEGAL_KEY = " (expected: 1 to 255 visible ASCII characters)";

  /**
   * The values of some headers.
   *
   * @param names in lower case
   * @return by name; several headers of one name are one value, separated by commas
   */
  static Map<String, String> values(HttpRequest request, List<String> names) {
    if (names.isEmpty()) {
      return Map.of();
    }
    Map<String, String> values = new HashMap<>();
    for (HttpHeader header : request.getHeaders()) {
      if (names.contains(header.lowercaseName())) {
        values.merge(header.lowercaseName(), header.value(), (one, other) -> one + ", " + other);
      }
    }
    return values;
  }

  static RequestHeaders of(HttpRequest request) {
    String requestId = null;
    String idempotencyKey = null;
    Preconditions preconditions = null;
    String traceparent = null;
    String tracestate = null;
    String origin = null;
    String fetchSite = null;
    String illegalContentType = null;
    String illegalHost = null;
    String illegalFraming = null;
    for (HttpHeader header : request.getHeaders()) {
      switch (header.lowercaseName()) {
        case "x-request-id" ->
            requestId = RequestIds.isLegal(header.value()) ? header.value() : requestId;
        case "idempotency-key" -> idempotencyKey = header.value();
        // Several are malformed, as one that holds a comma is.
        case "traceparent" -> traceparent = joined(traceparent, header.value());
        case "tracestate" -> tracestate = joined(tracestate, header.value());
        case "if-match" -> preconditions = withIfMatch(preconditions, header.value());
        case "if-none-match" -> preconditions = withIfNoneMatch(preconditions, header.value());
        // Several origins are treated like an unknown one.
        case "origin" -> origin = origin == null ? header.value() : "null";
        case "sec-fetch-site" -> fetchSite = header.value();
        case "host" -> illegalHost = isHost(header) ? illegalHost : header.value();
        // Pekko HTTP removes legal values of these three headers, so a value in the list is
        // illegal.
        case "content-type" -> illegalContentType = header.value();
        case "transfer-encoding", "content-length" -> illegalFraming = header.name();
        default -> {}
      }
    }
    return new RequestHeaders(
        requestId,
        idempotencyKey,
        preconditions,
        TraceContext.parse(traceparent, tracestate),
        origin,
        fetchSite,
        illegalContentType,
        illegalHost,
        illegalFraming);
  }

  /**
   * Checks the headers that services rely on.
   *
   * @throws BadRequestException when one of them is illegal
   */
  void check() {
    checkIdempotencyKey(idempotencyKey);
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

  // A client may split a list into several headers of one name (RFC 9110, 5.3).
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

  private static void checkIdempotencyKey(@Nullable String key) {
    if (key == null) {
      return;
    }
    if (key.isEmpty() || key.length() > MAX_IDEMPOTENCY_KEY) {
      throw new BadRequestException(
          "Idempotency-Key has " + key.length() + " characters" + LEGAL_KEY);
    }
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
        throw new BadRequestException(
            "Idempotency-Key holds the character U+%04X%s"
                .formatted((int) key.charAt(i), LEGAL_KEY));
      }
    }
  }
}
