package dev.troupe.protocol.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a seed node proves to a caller that it knows the token of {@code run/control.json}, before
 * the caller sends that token: {@code GET /proof/NONCE} answers {@code {"proof": …}} for any nonce.
 *
 * @param proof of the nonce in the path
 */
public record ControlProof(String proof) {
  public static final String PATH = "/proof/";

  private static final String ALGORITHM = "HmacSHA256";
  // So that a proof is good for nothing else that the token may ever sign.
  private static final String PURPOSE = "troupe control proof ";
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");
  private static final int NONCE_BYTES = 24;

  /** A nonce that nobody has used before. */
  public static String newNonce() {
    byte[] random = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  public static boolean isNonce(String text) {
    return NONCE.matcher(text).matches();
  }

  /** The proof that only those can make who know the token. */
  public static ControlProof of(String token, String nonce) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), ALGORITHM));
      byte[] proof = mac.doFinal((PURPOSE + nonce).getBytes(UTF_8));
      return new ControlProof(Base64.getUrlEncoder().withoutPadding().encodeToString(proof));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Compares in constant time. */
  public boolean isOf(String token, String nonce) {
    return MessageDigest.isEqual(proof.getBytes(UTF_8), of(token, nonce).proof().getBytes(UTF_8));
  }
}
