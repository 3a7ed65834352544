package dev.troupe.protocol.service;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of an action tell HTTP clients beside their bodies, and how it comes from the
 * output.
 *
 * @param location the path of the thing, if the action makes one
 * @param version of the thing, if it has versions
 * @param next what to give as {@code after} to get the next page, if the output is one of a list
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
      O output, PathTemplate path, Map<String, String> variables, Map<String, String> query) {
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
