package dev.troupe.node.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Finds {@code Content-Length} headers that the parser would misread: it counts in 64 bits and
 * starts again at 0, so that the rest of such a body would be taken for the next request. Looks at
 * one connection's bytes in their order.
 */
final class LengthCheck {
  /** The largest number of digits that always fits into 63 bits. */
  private static final int DIGITS = 18;

  private static final String NAME = "content-length";
  private static final byte[] NOTHING = {};

  private final int maxLine;
  private byte[] line = NOTHING;

  /**
   * @param maxLine the longest header there can be
   */
  LengthCheck(int maxLine) {
    this.maxLine = maxLine;
  }

  /** Whether these bytes, after those before them, hold such a header. */
  boolean finds(byte[] bytes) {
    byte[] all = line.length == 0 ? bytes : joined(line, bytes);
    boolean found = false;
    // A run of more than 18 digits covers each 19th byte.
    for (int i = DIGITS; i < all.length && !found; i += DIGITS + 1) {
      found = isDigit(all[i]) && isTooLong(all, i);
    }
    line = lastLine(all);
    return found;
  }

  private static boolean isTooLong(byte[] all, int within) {
    int start = within;
    while (start > 0 && isDigit(all[start - 1])) {
      start--;
    }
    int end = within;
    while (end < all.length && isDigit(all[end])) {
      end++;
    }
    return end - start > DIGITS && isLength(all, start);
  }

  private static boolean isLength(byte[] all, int value) {
    int start = value;
    while (start > 0 && all[start - 1] != '\n') {
      start--;
    }
    String before = new String(all, start, value - start, StandardCharsets.ISO_8859_1);
    return before.toLowerCase(Locale.ROOT).startsWith(NAME);
  }

  private byte[] lastLine(byte[] all) {
    int start = all.length;
    while (start > 0 && all[start - 1] != '\n') {
      start--;
      if (all.length - start > maxLine) {
        return NOTHING;
      }
    }
    return start == all.length ? NOTHING : Arrays.copyOfRange(all, start, all.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }
}
