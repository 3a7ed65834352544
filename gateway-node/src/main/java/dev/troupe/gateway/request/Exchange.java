package dev.troupe.gateway.request;

import dev.troupe.gateway.http.JsonResponses;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * A request and what the answer to it must carry.
 *
 * @param id what client, logs and services know it by
 */
record Exchange(HttpRequest request, RequestHeaders headers, String id) {
  private static final int MAX_SHOWN = 200;

  HttpResponse identified(HttpResponse response) {
    return response.addHeader(RawHeader.create(RequestHeaders.REQUEST_ID, id));
  }

  HttpResponse error(int httpCode, String message) {
    return identified(JsonResponses.error(httpCode, message, id));
  }

  /** Method and path, for people to read. */
  String what() {
    // what is not visible could end the line of a log, or change the colours of a terminal
    String path = request.getUri().path().replaceAll("[^ -~]", "?");
    String shown = path.length() <= MAX_SHOWN ? path : path.substring(0, MAX_SHOWN) + "…";
    return request.method().name() + " " + shown;
  }
}
