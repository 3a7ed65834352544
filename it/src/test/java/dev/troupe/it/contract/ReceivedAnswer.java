package dev.troupe.it.contract;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;

/**
 * An answer with what of its request the document speaks of.
 *
 * @param path as it was sent, without the query
 */
record ReceivedAnswer(String method, String path, int status, HttpHeaders headers, String body) {
  private static final int MAX_SHOWN = 2_000;

  static ReceivedAnswer of(HttpRequest request, HttpResponse<String> response) {
    return new ReceivedAnswer(
        request.method(),
        request.uri().getRawPath(),
        response.statusCode(),
        response.headers(),
        response.body());
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** The key of its operation in a path item. */
  String operation() {
    return isHead() ? "get" : method.toLowerCase(Locale.ROOT);
  }

  String contentType() {
    return headers.firstValue("Content-Type").orElse("");
  }

  @Override
  public String toString() {
    String shown = body.length() <= MAX_SHOWN ? body : body.substring(0, MAX_SHOWN) + "…";
    return "%s %s was answered with %d, %s: %s"
        .formatted(
            method, path, status, contentType().isEmpty() ? "no type" : contentType(), shown);
  }
}
