package dev.troupe.protocol.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Hexadecimal numbers of a fixed length, in lower case. Nothing else is legal in a trace. */
public final class Hex {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);

  private Hex() {}

  /** 16 digits. */
  public static String text(long number) {
    byte[] digits = new byte[16];
    write(number, digits, 0);
    return new String(digits, ISO_8859_1);
  }

  /** 32 digits. */
  public static String text(long high, long low) {
    byte[] digits = new byte[32];
    write(high, digits, 0);
    write(low, digits, 16);
    return new String(digits, ISO_8859_1);
  }

  private static void write(long number, byte[] digits, int start) {
    for (int i = 0; i < 16; i++) {
      digits[start + i] = DIGITS[(int) (number >>> (60 - 4 * i)) & 0xf];
    }
  }

  static boolean isHex(String text, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (digit(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The number of the 16 digits at {@code start}. */
  static long parseLong(String text, int start) {
    return Long.parseUnsignedLong(text, start, start + 16, 16);
  }

  /** The number of the two digits at {@code start}, or a negative one if they are none. */
  static int parseByte(String text, int start) {
    int high = digit(text.charAt(start));
    int low = digit(text.charAt(start + 1));
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
