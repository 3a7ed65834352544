package dev.troupe.protocol.crypto;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can guess. */
public final class RandomText {
  private RandomText() {}

  /**
   * A text of [A-Za-z0-9_-].
   *
   * @param bytes of randomness; each three give four characters
   */
  public static String of(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
