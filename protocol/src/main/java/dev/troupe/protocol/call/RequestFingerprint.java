package dev.troupe.protocol.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a request asks for, as a short text: the same for the same action, parameters and body, byte
 * by byte, whoever asks and when.
 */
public final class RequestFingerprint {
  private RequestFingerprint() {}

  /** 64 hexadecimal digits. */
  public static String of(ServiceRequest request) {
    MessageDigest digest = sha256();
    add(digest, request.action().getBytes(UTF_8));
    add(digest, request.path());
    add(digest, request.query());
    add(digest, request.data().bytes());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Map<String, String> parameters) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, parameters.size()));
    new TreeMap<>(parameters)
        .forEach(
            (name, value) -> {
              add(digest, name.getBytes(UTF_8));
              add(digest, value.getBytes(UTF_8));
            });
  }

  // Names and values in turn, as above. A name that has several values stands before each of them.
  private static void add(MessageDigest digest, QueryParameters query) {
    int count = query.values().values().stream().mapToInt(List::size).sum();
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, count));
    new TreeMap<>(query.values())
        .forEach(
            (name, values) -> {
              for (String value : values) {
                add(digest, name.getBytes(UTF_8));
                add(digest, value.getBytes(UTF_8));
              }
            });
  }

  // With its length, so that no two sequences of parts are the same bytes.
  private static void add(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
