package dev.troupe.service.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A short hash that identifies a client in a table without storing its address. */
final class ClientHash {
  private static final int BYTES = 9;

  private ClientHash() {}

  /**
   * A hash of 12 characters; empty if the client is not known.
   *
   * @param client the address of the client; empty if it is not known
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
