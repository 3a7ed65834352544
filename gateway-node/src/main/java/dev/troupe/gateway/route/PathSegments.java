package dev.troupe.gateway.route;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.scaladsl.model.Uri;

/** The parts of a request's path between slashes. */
public final class PathSegments {
  private PathSegments() {}

  /**
   * One trailing slash is ignored: {@code /users/} is {@code /users}. Pekko has decoded each
   * segment by itself, so an encoded slash stays inside its segment.
   */
  public static List<String> of(Uri.Path path) {
    List<String> segments = new ArrayList<>(4);
    Uri.Path rest = path.startsWithSlash() ? path.tail() : path;
    while (!rest.isEmpty()) {
      if (rest.startsWithSegment()) {
        segments.add((String) rest.head());
        rest = rest.tail();
      } else {
        segments.add("");
      }
      if (!rest.isEmpty()) {
        rest = rest.tail();
      }
    }
    return segments;
  }
}
