package dev.troupe.protocol.logs;

import java.util.Arrays;

/** Finds a sequence of bytes (algorithm: Boyer, Moore and Horspool). */
final class ByteFinder {
  private final byte[] wanted;
  // By byte: how far the search may go on when this byte is under the last one of the sequence.
  private final int[] skips = new int[256];

  /**
   * @param wanted at least one byte
   */
  ByteFinder(byte[] wanted) {
    this.wanted = wanted.clone();
    int last = wanted.length - 1;
    Arrays.fill(skips, wanted.length);
    for (int i = 0; i < last; i++) {
      skips[wanted[i] & 0xff] = last - i;
    }
  }

  /** The position of the first occurrence in {@code [from, to)}, or -1. */
  int indexIn(byte[] bytes, int from, int to) {
    int last = wanted.length - 1;
    byte lastWanted = wanted[last];
    int[] skip = skips;
    for (int end = from + last; end < to; ) {
      byte seen = bytes[end];
      if (seen == lastWanted && matches(bytes, end - last)) {
        return end - last;
      }
      end += skip[seen & 0xff];
    }
    return -1;
  }

  private boolean matches(byte[] bytes, int at) {
    for (int i = 0; i < wanted.length - 1; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
