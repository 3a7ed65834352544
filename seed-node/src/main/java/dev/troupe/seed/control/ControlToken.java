package dev.troupe.seed.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret a caller of the control API must know; new with each start of the seed node. */
final class ControlToken {
  private static final int BYTES = 32;
  private static final String SCHEME = "Bearer ";

  private final String value;

  private ControlToken(String value) {
    this.value = value;
  }

  static ControlToken generate() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return new ControlToken(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  String value() {
    return value;
  }

  /** Compares in constant time. */
  boolean isIn(String authorization) {
    return MessageDigest.isEqual(authorization.getBytes(UTF_8), (SCHEME + value).getBytes(UTF_8));
  }
}
