package dev.troupe.seed.control;

import dev.troupe.protocol.service.PathTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * A method and a path of the management API.
 *
 * @param below whether the route also takes all paths below {@code path}
 * @param maxBody the longest body in bytes; 0 if the handler needs none, and a body is ignored
 * @param handler must not block; with a {@code maxBody} it gets a body that is in memory
 */
record ManagementRoute(
    HttpMethod method,
    PathTemplate path,
    boolean below,
    Permission permission,
    int maxBody,
    Handler handler) {

  /** Answers the requests of a route. */
  @FunctionalInterface
  interface Handler {
    CompletionStage<HttpResponse> handle(ManagementRequest request);
  }

  /** A route that changes nothing. */
  static ManagementRoute get(String path, Permission permission, Handler handler) {
    return new ManagementRoute(
        HttpMethods.GET, PathTemplate.of(path), false, permission, 0, handler);
  }

  /** GET of {@code path} and of all paths below it. */
  static ManagementRoute getBelow(String path, Permission permission, Handler handler) {
    return new ManagementRoute(
        HttpMethods.GET, PathTemplate.of(path), true, permission, 0, handler);
  }

  static ManagementRoute post(String path, Permission permission, Handler handler) {
    return new ManagementRoute(
        HttpMethods.POST, PathTemplate.of(path), false, permission, 0, handler);
  }

  /** A POST whose body, of at most {@code maxBody} bytes, the handler reads. */
  static ManagementRoute postWithBody(
      String path, Permission permission, int maxBody, Handler handler) {
    return new ManagementRoute(
        HttpMethods.POST, PathTemplate.of(path), false, permission, maxBody, handler);
  }

  /** The values of the variables if the route takes a path; empty if it does not. */
  Optional<Map<String, String>> match(List<String> segments) {
    List<PathTemplate.Segment> own = path.segments();
    if (segments.size() < own.size() || (segments.size() > own.size() && !below)) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < own.size(); i++) {
      String segment = segments.get(i);
      if (own.get(i).variable()) {
        variables.put(own.get(i).text(), segment);
      } else if (!own.get(i).text().equals(segment)) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  /** For people to read. */
  String shown() {
    return method.name() + " " + path + (below ? "/…" : "");
  }
}
