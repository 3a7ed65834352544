package dev.troupe.protocol.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a webhook by HMAC-SHA256 over id, time and body, as Standard Webhooks specifies
 * (standardwebhooks.com).
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String ENCODED = "whsec_";
  private static final int FEWEST_BYTES = 16;

  private final SecretKeySpec key;

  /**
   * @param secret at least 16 characters, or {@code whsec_} and Base64
   */
  public Signature(String secret) {
    this.key = new SecretKeySpec(bytes(secret), ALGORITHM);
  }

  /** Whether a secret is long enough, and Base64 if it has the prefix for that. */
  public static boolean isUsable(String secret) {
    try {
      return bytes(secret).length >= FEWEST_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.startsWith(ENCODED)
        ? Base64.getDecoder().decode(text.substring(ENCODED.length()))
        : text.getBytes(UTF_8);
  }

  /** The value of the header {@code webhook-signature}. */
  public String of(String id, Instant time, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update("%s.%d.".formatted(id, time.getEpochSecond()).getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
