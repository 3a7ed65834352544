package dev.troupe.gateway.route;

import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A method and path, and what they lead to.
 *
 * @param owner whose endpoint it is, for people to read
 */
record Route<T>(String owner, HttpMethod method, PathTemplate path, T target) {

  /** The values of the path's variables in {@code segments}, which must match the path. */
  Map<String, String> variables(List<String> segments) {
    Map<String, String> values = Map.of();
    int index = 0;
    for (PathTemplate.Segment segment : path.segments()) {
      if (segment.variable()) {
        values = with(values, segment.text(), segments.get(index));
      }
      index++;
    }
    return values;
  }

  // Nearly every path has one variable or none: those get the JDK's smallest maps.
  private static Map<String, String> with(Map<String, String> values, String name, String value) {
    if (values.isEmpty()) {
      return Map.of(name, value);
    }
    Map<String, String> more = new HashMap<>(values);
    more.put(name, value);
    return more;
  }
}
