package dev.troupe.protocol.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Authentication codes (RFC 2104) that only the owners of one secret can make. Thread-safe. */
public final class HmacSha256 {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param secret one byte at least
   */
  public HmacSha256(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** The code of all parts together, 32 bytes. */
  public byte[] of(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** The code of a text, as 43 of [A-Za-z0-9_-]. */
  public String textOf(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(of(text.getBytes(UTF_8)));
  }
}
