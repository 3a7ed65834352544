package dev.troupe.protocol.service;

import java.util.regex.Pattern;

/** The media types that a reply may have. */
final class MediaType {
  // RFC 9110, 8.3.1, with parameters whose values are tokens or quoted without escapes.
  private static final Pattern PATTERN =
      Pattern.compile(
          "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}/[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}"
              + "( ?; ?[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}=([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}|\"[ !#-\\[\\]-~]{0,100}\")){0,5}");

  private MediaType() {}

  /**
   * @throws IllegalArgumentException when {@code type} is no media type
   */
  static void check(String type) {
    if (!PATTERN.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "media type '%s' (expected: one like text/csv; charset=utf-8)".formatted(type));
    }
  }
}
