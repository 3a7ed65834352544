package dev.troupe.protocol.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.call.QueryParameters;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Link} header of one page of a list (RFC 8288): to the page after it, and back to the
 * first, each with the other parameters of the request.
 */
final class PageLinks {
  private static final String AFTER = "after";

  private PageLinks() {}

  /**
   * @param path of the list
   * @param variables of the path, as in the request
   * @param query of the request
   * @param next the parameter {@code after} of the next page; null on the last page
   */
  static Optional<String> of(
      PathTemplate path,
      Map<String, String> variables,
      QueryParameters query,
      @Nullable Object next) {
    // A call from inside the cluster has no path, and its caller follows no links.
    if (!variables.keySet().containsAll(path.variables())) {
      return Optional.empty();
    }
    List<String> links = new ArrayList<>(2);
    String target = path.filled(variables);
    Map<String, List<String>> parameters = new TreeMap<>(query.values());
    if (parameters.remove(AFTER) != null) {
      links.add(link(target, parameters, "first"));
    }
    if (next != null) {
      parameters.put(AFTER, List.of(next.toString()));
      links.add(link(target, parameters, "next"));
    }
    return links.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", links));
  }

  private static String link(String target, Map<String, List<String>> query, String relation) {
    return "<%s%s>; rel=\"%s\"".formatted(target, written(query), relation);
  }

  private static String written(Map<String, List<String>> query) {
    return query.entrySet().stream()
        .flatMap(
            parameter ->
                parameter.getValue().stream()
                    .map(
                        value ->
                            URLEncoder.encode(parameter.getKey(), UTF_8)
                                + "="
                                + URLEncoder.encode(value, UTF_8)))
        .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
  }
}
