package dev.troupe.seed.control;

import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * A request to the management API that has matched a route.
 *
 * @param variables the values of the variables of the path, decoded
 */
record ManagementRequest(HttpRequest http, Map<String, String> variables) {
  String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** A parameter of the query; empty also if it has no value. */
  Optional<String> query(String name) {
    return http.getUri().query().get(name).filter(value -> !value.isEmpty());
  }

  Optional<String> header(String name) {
    return http.getHeader(name).map(header -> header.value());
  }
}
