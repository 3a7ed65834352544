package dev.troupe.protocol.logs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the first line of an event, in the text format ({@code 2026-01-31 23:59:59.123 INFO
 * Logger - …}, local time) or as JSON ({@code {"at":"2026-01-31T22:59:59.123Z","level":"INFO",…}}),
 * without making strings. Keeps the last minute that was read, so it is not for several threads.
 */
final class LogFormat {
  /** The result of {@link #millisOf} for a line without a time. */
  static final long NO_TIME = Long.MIN_VALUE;

  static final String JSON_START = "{\"at\":\"";
  static final String JSON_LEVEL = "\",\"level\":\"";

  private static final int TIME_LENGTH = "2026-01-31 23:59:59.123".length();
  private static final int SECONDS_LENGTH = "2026-01-31 23:59:59".length();
  private static final int MINUTE_LENGTH = "2026-01-31 23:59".length();
  // The most frequent one first.
  private static final String[] WRITTEN = {"INFO", "WARN", "DEBUG", "ERROR", "TRACE"};
  private static final byte[][] NAMES =
      Arrays.stream(WRITTEN).map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
  private static final byte[] JSON = JSON_START.getBytes(US_ASCII);
  private static final byte[] LEVEL = JSON_LEVEL.getBytes(US_ASCII);
  // What each character of a time has to be; 0 stands for any digit.
  private static final byte[] SHAPE = "0000-00-00 00:00:00".getBytes(US_ASCII);

  private final ZoneId zone;
  private final byte[] minute = new byte[MINUTE_LENGTH];
  private boolean minuteIsUtc;
  private long minuteMillis = NO_TIME;

  LogFormat(ZoneId zone) {
    this.zone = zone;
  }

  static boolean isJson(byte[] bytes, int start, int end) {
    return startsWith(JSON, bytes, start, end);
  }

  /** The time of the line in epoch milliseconds; {@link #NO_TIME} if it begins with none. */
  long millisOf(byte[] bytes, int start, int end) {
    int at = isJson(bytes, start, end) ? start + JSON.length : start;
    if (end - at < SECONDS_LENGTH || !isTime(bytes, at)) {
      return NO_TIME;
    }
    int seconds = number(bytes, at + MINUTE_LENGTH + 1, 2);
    int millis = 0;
    int after = at + SECONDS_LENGTH;
    if (end - at >= TIME_LENGTH && (bytes[after] == '.' || bytes[after] == ',')) {
      millis = Math.max(0, number(bytes, after + 1, 3));
      after = at + TIME_LENGTH;
    }
    boolean utc = after < end && bytes[after] == 'Z';
    long base = minute(bytes, at, utc);
    return base == NO_TIME ? NO_TIME : base + seconds * 1000L + millis;
  }

  /** The level of a line that has a time; null if there is none. */
  static @Nullable String levelOf(byte[] bytes, int start, int end) {
    int at = start + TIME_LENGTH + 1;
    if (at >= end) {
      return null;
    }
    if (isJson(bytes, start, end)) {
      int mark = start + JSON.length + TIME_LENGTH + 1;
      if (!startsWith(LEVEL, bytes, mark, end)) {
        return null;
      }
      at = mark + LEVEL.length;
    } else if (bytes[at - 1] != ' ') {
      return null;
    }
    for (int i = 0; i < NAMES.length; i++) {
      int after = at + NAMES[i].length;
      if (startsWith(NAMES[i], bytes, at, end) && (after == end || !isLetter(bytes[after]))) {
        return WRITTEN[i];
      }
    }
    return null;
  }

  private static boolean isLetter(byte seen) {
    return (seen >= 'A' && seen <= 'Z') || (seen >= 'a' && seen <= 'z');
  }

  private static boolean isTime(byte[] bytes, int at) {
    for (int i = 0; i < SHAPE.length; i++) {
      byte seen = bytes[at + i];
      boolean fits =
          switch (SHAPE[i]) {
            case '0' -> seen >= '0' && seen <= '9';
            case ' ' -> seen == ' ' || seen == 'T';
            default -> seen == SHAPE[i];
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private long minute(byte[] bytes, int at, boolean utc) {
    if (minuteMillis != NO_TIME
        && utc == minuteIsUtc
        && Arrays.equals(minute, 0, MINUTE_LENGTH, bytes, at, at + MINUTE_LENGTH)) {
      return minuteMillis;
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(bytes, at, 4),
              number(bytes, at + 5, 2),
              number(bytes, at + 8, 2),
              number(bytes, at + 11, 2),
              number(bytes, at + 14, 2));
      minuteMillis = local.atZone(utc ? ZoneOffset.UTC : zone).toInstant().toEpochMilli();
    } catch (DateTimeException noTime) {
      return NO_TIME;
    }
    System.arraycopy(bytes, at, minute, 0, MINUTE_LENGTH);
    minuteIsUtc = utc;
    return minuteMillis;
  }

  private static int number(byte[] bytes, int at, int digits) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static boolean startsWith(byte[] prefix, byte[] bytes, int start, int end) {
    return end - start >= prefix.length
        && Arrays.equals(prefix, 0, prefix.length, bytes, start, start + prefix.length);
  }
}
