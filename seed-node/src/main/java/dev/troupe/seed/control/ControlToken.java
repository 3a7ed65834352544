package dev.troupe.seed.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.crypto.RandomText;
import java.security.MessageDigest;

/** The secret a caller of the control API must know; new with each start of the seed node. */
final class ControlToken {
  private static final int BYTES = 32;
  private static final String SCHEME = "Bearer ";

  private final String value;

  private ControlToken(String value) {
    this.value = value;
  }

  static ControlToken generate() {
    return new ControlToken(RandomText.of(BYTES));
  }

  String value() {
    return value;
  }

  /** Compares in constant time. */
  boolean isIn(String authorization) {
    return MessageDigest.isEqual(authorization.getBytes(UTF_8), (SCHEME + value).getBytes(UTF_8));
  }
}
