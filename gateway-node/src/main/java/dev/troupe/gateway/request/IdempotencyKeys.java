package dev.troupe.gateway.request;

import org.jspecify.annotations.Nullable;

/** Tells which idempotency keys are usable. */
final class IdempotencyKeys {
  private static final int MAX_LENGTH = 255;
  private static final String EXPECTED = " (expected: 1 to 255 visible ASCII characters)";

  private IdempotencyKeys() {}

  /**
   * @param key as the client gave it, if it did
   * @throws BadRequestException when it is too short, too long or not of visible ASCII characters
   */
  static void check(@Nullable String key) {
    if (key == null) {
      return;
    }
    if (key.isEmpty() || key.length() > MAX_LENGTH) {
      throw new BadRequestException(
          "Idempotency-Key has " + key.length() + " characters" + EXPECTED);
    }
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
        throw new BadRequestException(
            "Idempotency-Key holds the character U+%04X%s"
                .formatted((int) key.charAt(i), EXPECTED));
      }
    }
  }
}
