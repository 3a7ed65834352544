package dev.troupe.node.http;

import org.apache.pekko.util.ByteString;

/**
 * Finds where heads may end in what a client sends. The parser takes apart at once all requests of
 * a piece, so that a piece must not hold hundreds of small ones.
 */
final class HeadEnds {
  /** Requests that may be taken apart ahead of the one that is worked on. */
  static final int MAX_AHEAD = 16;

  // Fewer bytes cannot hold many requests.
  private static final int HARMLESS = 512;

  private HeadEnds() {}

  /** How much of it to pass on now: all, or up to the end of the last head that may be in it. */
  static int cut(ByteString bytes) {
    if (bytes.size() <= HARMLESS) {
      return bytes.size();
    }
    byte[] array = bytes.toArrayUnsafe();
    int ends = 0;
    for (int i = 1; i < array.length; i++) {
      if (array[i] == '\n' && isAfterLineEnd(array, i) && ++ends == MAX_AHEAD) {
        return i + 1;
      }
    }
    return array.length;
  }

  private static boolean isAfterLineEnd(byte[] array, int index) {
    byte before = array[index - 1];
    return before == '\n' || (before == '\r' && index > 1 && array[index - 2] == '\n');
  }
}
