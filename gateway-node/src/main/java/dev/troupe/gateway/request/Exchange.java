package dev.troupe.gateway.request;

import dev.troupe.gateway.http.JsonResponses;
import dev.troupe.protocol.call.FieldError;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.trace.TraceContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.japi.Pair;

/**
 * A request with its headers and its id. It makes the responses, which carry the id.
 *
 * @param id by which the client, the logs and the services know the request
 * @param span of the request
 */
record Exchange(HttpRequest request, RequestHeaders headers, String id, RequestSpan span) {
  private static final int MAX_SHOWN = 200;

  /** The trace of the request, with its span. */
  TraceContext trace() {
    return span.trace();
  }

  HttpResponse identified(HttpResponse response) {
    return response.addHeader(RawHeader.create(RequestHeaders.REQUEST_ID, id));
  }

  HttpResponse error(int httpCode, String message) {
    return identified(JsonResponses.error(httpCode, message, id));
  }

  HttpResponse error(int httpCode, String message, List<FieldError> errors) {
    return identified(JsonResponses.error(httpCode, message, errors, id));
  }

  /** Whether the response has no body, whatever its headers say. */
  boolean isHead() {
    return request.method().equals(HttpMethods.HEAD);
  }

  /** Method and path, for people to read. */
  String what() {
    // Other characters could begin a new line in a log, or change the colours of a terminal.
    String path = request.getUri().path().replaceAll("[^ -~]", "?");
    String shown = path.length() <= MAX_SHOWN ? path : path.substring(0, MAX_SHOWN) + "…";
    return request.method().name() + " " + shown;
  }

  List<String> pathSegments() {
    return pathSegments(request.getUri());
  }

  /**
   * The decoded parts of the path between slashes. One trailing slash is ignored: {@code /users/}
   * is {@code /users}. Pekko decodes each segment by itself, so an encoded slash stays in its
   * segment.
   */
  static List<String> pathSegments(Uri uri) {
    List<String> segments = new ArrayList<>(4);
    org.apache.pekko.http.scaladsl.model.Uri.Path path = uri.asScala().path();
    if (path.startsWithSlash()) {
      path = path.tail();
    }
    while (!path.isEmpty()) {
      if (path.startsWithSegment()) {
        segments.add((String) path.head());
        path = path.tail();
      } else {
        segments.add("");
      }
      if (!path.isEmpty()) {
        path = path.tail();
      }
    }
    return segments;
  }

  /**
   * @throws BadRequestException when the query is malformed
   */
  QueryParameters queryParameters() {
    Uri uri = request.getUri();
    if (uri.rawQueryString().isEmpty()) {
      return QueryParameters.NONE;
    }
    QueryParameters.Builder parameters = new QueryParameters.Builder();
    try {
      for (Pair<String, String> parameter : uri.query().toList()) {
        if (parameter.first().isEmpty() && parameter.second().isEmpty()) {
          continue; // as in "?a=1&&b=2" and "?"
        }
        parameters.add(parameter.first(), parameter.second());
      }
    } catch (IllegalUriException e) {
      throw new BadRequestException("the query is not well-formed: " + e.info().summary());
    }
    return parameters.build();
  }
}
