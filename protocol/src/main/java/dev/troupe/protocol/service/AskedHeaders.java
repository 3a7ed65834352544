package dev.troupe.protocol.service;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of a request that its action asks for.
 *
 * @param asked their names, in lower case
 * @param given the values of those that the client sent, by name
 */
public record AskedHeaders(List<String> asked, Map<String, String> given) {
  static final AskedHeaders NONE = new AskedHeaders(List.of(), Map.of());

  /**
   * @throws IllegalArgumentException when the action does not ask for the header
   */
  Optional<String> value(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    if (!asked.contains(key)) {
      throw new IllegalArgumentException(
          "the header %s is read, and the action does not ask for it (expected: .headers(\"%s\") at its Action)"
              .formatted(name, name));
    }
    return Optional.ofNullable(given.get(key));
  }
}
