package dev.troupe.protocol.service;

import dev.troupe.protocol.call.QueryParameters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the headers of the replies of an action from its output.
 *
 * @param location the path of the resource, if the action creates one
 * @param version of the resource, if it has versions
 * @param next the parameter {@code after} of the next page, if the output is a page of a list
 */
record Metadata<O extends Record>(
    @Nullable Function<O, String> location,
    @Nullable ToLongFunction<O> version,
    @Nullable Function<O, @Nullable Object> next) {
  static final String ETAG = "ETag";

  /**
   * @param variables of {@code path}, as in the request
   * @param query of the request
   */
  Map<String, String> headers(
      O output, PathTemplate path, Map<String, String> variables, QueryParameters query) {
    if (location == null && version == null && next == null) {
      return Map.of();
    }
    Map<String, String> headers = new HashMap<>();
    if (location != null) {
      headers.put("Location", location.apply(output));
    }
    if (version != null) {
      headers.put(ETAG, EntityTags.of(version.applyAsLong(output)));
    }
    if (next != null) {
      PageLinks.of(path, variables, query, next.apply(output))
          .ifPresent(link -> headers.put("Link", link));
    }
    return headers;
  }
}
