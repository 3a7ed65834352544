package dev.troupe.service.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** What tells clients apart in a table, without their addresses and in little room. */
final class ClientHash {
  private static final int BYTES = 9;

  private ClientHash() {}

  /**
   * 12 characters, or none for nobody.
   *
   * @param client an address, or empty if nobody knows
   */
  static String of(String client) {
    if (client.isEmpty()) {
      return "";
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(client.getBytes(UTF_8));
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
