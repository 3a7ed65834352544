package dev.troupe.gateway.request;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.japi.Pair;

/** Reads the query of a request's URI. */
final class QueryParameters {
  private QueryParameters() {}

  /**
   * @throws BadRequestException when it is not well-formed, or a name occurs twice: which of the
   *     values was meant, nobody can know
   */
  static Map<String, String> of(Uri uri) {
    if (uri.rawQueryString().isEmpty()) {
      return Map.of();
    }
    Map<String, String> parameters = new HashMap<>();
    try {
      for (Pair<String, String> parameter : uri.query().toList()) {
        if (parameter.first().isEmpty() && parameter.second().isEmpty()) {
          continue; // as in "?a=1&&b=2" and "?"
        }
        if (parameters.put(parameter.first(), parameter.second()) != null) {
          throw new BadRequestException(
              "the query parameter '%s' is given twice (expected: once)"
                  .formatted(parameter.first()));
        }
      }
    } catch (IllegalUriException e) {
      throw new BadRequestException("the query is not well-formed: " + e.info().summary());
    }
    return parameters;
  }
}
