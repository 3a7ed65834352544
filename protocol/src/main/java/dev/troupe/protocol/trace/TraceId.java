package dev.troupe.protocol.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identifies a trace.
 *
 * @param high the first half
 * @param low the second half; not both are 0
 */
public record TraceId(long high, long low) {
  private static final int DIGITS_OF_HALF = 16;
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{32}");

  public TraceId {
    if (high == 0 && low == 0) {
      throw new IllegalArgumentException("a trace with the id 0 (expected: another number)");
    }
  }

  /** The id that {@code text} is; empty unless it is 32 digits [0-9a-f], and not only zeros. */
  public static Optional<TraceId> parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    long high = HexFormat.fromHexDigitsToLong(text, 0, DIGITS_OF_HALF);
    long low = HexFormat.fromHexDigitsToLong(text, DIGITS_OF_HALF, 2 * DIGITS_OF_HALF);
    return high == 0 && low == 0 ? Optional.empty() : Optional.of(new TraceId(high, low));
  }

  /** 32 hexadecimal digits. */
  public String text() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
