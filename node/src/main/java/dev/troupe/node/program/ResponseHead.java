package dev.troupe.node.program;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Finds in the first bytes of a response how long its head and its body are. */
final class ResponseHead {
  /** The bytes do not tell a length: the head is not complete, or the body has none. */
  static final int UNKNOWN = -1;

  private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(US_ASCII);
  private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(US_ASCII);
  // "HTTP/1.1 204"
  private static final int STATUS = 9;
  private static final int MOST_DIGITS = 9;

  private ResponseHead() {}

  /**
   * The length of the whole response in bytes, or {@link #UNKNOWN}. Whatever looks strange is left
   * to the parser that reads the bytes afterwards.
   */
  static int responseLength(byte[] bytes) {
    int length = UNKNOWN;
    int line = 0;
    for (int end = lineEnd(bytes, 0); end >= 0; end = lineEnd(bytes, line)) {
      if (end == line) {
        return length < 0 || !mayHaveBody(bytes) ? UNKNOWN : end + 2 + length;
      }
      if (startsWith(bytes, line, CONTENT_LENGTH)) {
        int value = number(bytes, line + CONTENT_LENGTH.length, end);
        if (value < 0 || length >= 0) {
          return UNKNOWN;
        }
        length = value;
      } else if (startsWith(bytes, line, TRANSFER_ENCODING)) {
        return UNKNOWN;
      }
      line = end + 2;
    }
    return UNKNOWN;
  }

  // The index of the CR of the next CR LF; negative if there is none.
  private static int lineEnd(byte[] bytes, int from) {
    for (int at = from; at + 1 < bytes.length; at++) {
      if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
        return at;
      }
    }
    return -1;
  }

  // RFC 9112, 6.3: 1xx, 204 and 304 have none, whatever their headers say.
  private static boolean mayHaveBody(byte[] bytes) {
    return bytes[STATUS] != '1'
        && !(bytes[STATUS] == '2' && bytes[STATUS + 2] == '4')
        && !(bytes[STATUS] == '3' && bytes[STATUS + 2] == '4');
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] lowerCase) {
    if (bytes.length - from < lowerCase.length) {
      return false;
    }
    for (int at = 0; at < lowerCase.length; at++) {
      int c = bytes[from + at];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lowerCase[at]) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int from, int end) {
    int start = from;
    while (start < end && bytes[start] == ' ') {
      start++;
    }
    if (start == end || end - start > MOST_DIGITS) {
      return UNKNOWN;
    }
    int value = 0;
    for (int at = start; at < end; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return UNKNOWN;
      }
      value = value * 10 + bytes[at] - '0';
    }
    return value;
  }
}
