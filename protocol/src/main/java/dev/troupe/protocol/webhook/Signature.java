package dev.troupe.protocol.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.crypto.HmacSha256;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Base64;

/**
 * Signs a webhook by HMAC-SHA256 over id, time and body, as Standard Webhooks specifies
 * (standardwebhooks.com).
 */
public final class Signature {
  private static final String ENCODED = "whsec_";
  private static final int FEWEST_BYTES = 16;

  private final HmacSha256 hmac;

  /**
   * @param secret at least 16 characters, or {@code whsec_} and Base64
   */
  public Signature(String secret) {
    this.hmac = new HmacSha256(bytes(secret));
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
    byte[] head = "%s.%d.".formatted(id, time.getEpochSecond()).getBytes(UTF_8);
    return "v1," + Base64.getEncoder().encodeToString(hmac.of(head, body));
  }

  /**
   * Completes a request to a post that is signed now.
   *
   * @param id the same for each attempt to deliver {@code body}
   */
  public HttpRequest post(HttpRequest.Builder request, String id, byte[] body) {
    Instant now = Instant.now();
    return request
        .header("Content-Type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
        .header("webhook-signature", of(id, now, body))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }
}
