package dev.troupe.protocol.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.crypto.HmacSha256;
import dev.troupe.protocol.crypto.RandomText;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * How a seed node proves to a caller that it knows the token of {@code run/control.json}, before
 * the caller sends that token: {@code GET /proof/NONCE} answers {@code {"proof": …}} for any nonce.
 *
 * @param proof of the nonce in the path
 */
public record ControlProof(String proof) {
  public static final String PATH = "/proof/";

  // So that a proof is good for nothing else that the token may ever sign.
  private static final String PURPOSE = "troupe control proof ";
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");
  private static final int NONCE_BYTES = 24;

  /** A nonce that nobody has used before. */
  public static String newNonce() {
    return RandomText.of(NONCE_BYTES);
  }

  public static boolean isNonce(String text) {
    return NONCE.matcher(text).matches();
  }

  /** The proof that only those can make who know the token. */
  public static ControlProof of(String token, String nonce) {
    return new ControlProof(new HmacSha256(token.getBytes(UTF_8)).textOf(PURPOSE + nonce));
  }

  /** Compares in constant time. */
  public boolean isOf(String token, String nonce) {
    return MessageDigest.isEqual(proof.getBytes(UTF_8), of(token, nonce).proof().getBytes(UTF_8));
  }
}
