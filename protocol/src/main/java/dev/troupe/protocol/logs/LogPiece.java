package dev.troupe.protocol.logs;

/**
 * A part of a log file that begins with a line, and with the first one of an event where possible.
 */
final class LogPiece {
  private final byte[] bytes;
  private final int length;
  private final long offset;

  /**
   * @param bytes of which the first {@code length} are valid, until the next part is read
   * @param offset of the first byte in the file
   */
  LogPiece(byte[] bytes, int length, long offset) {
    this.bytes = bytes;
    this.length = length;
    this.offset = offset;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  long offset() {
    return offset;
  }

  /** The position after the last byte of the line that contains {@code position}. */
  int lineEnd(int position) {
    int end = position;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** The first position of the line that contains {@code position}. */
  int lineStart(int position) {
    int start = position;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return start;
  }
}
