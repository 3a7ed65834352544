package dev.troupe.node.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Finds {@code Content-Length} headers that overflow the 64 bits of the parser. The parser would
 * read a smaller length, and take the rest of the body for the next request (request smuggling).
 * One check sees all bytes of one connection, in their order.
 */
final class ContentLengthCheck {
  /** Any number of so many digits fits into 63 bits. */
  private static final int MAX_DIGITS = 18;

  private static final String NAME = "content-length";
  private static final byte[] NOTHING = {};

  private final int maxLine;
  // The beginning of a line whose end has not arrived.
  private byte[] line = NOTHING;

  /**
   * @param maxLine the longest header, in bytes
   */
  ContentLengthCheck(int maxLine) {
    this.maxLine = maxLine;
  }

  /** Whether the bytes hold such a header; it may have begun in earlier bytes. */
  boolean findsTooLong(byte[] bytes) {
    byte[] all = line.length == 0 ? bytes : joined(line, bytes);
    boolean found = false;
    // A run of at least 19 digits covers one of every 19 bytes, so the others need no look.
    for (int i = MAX_DIGITS; i < all.length && !found; i += MAX_DIGITS + 1) {
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
    return end - start > MAX_DIGITS && isLength(all, start);
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
