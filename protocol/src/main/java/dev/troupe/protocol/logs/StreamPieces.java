package dev.troupe.protocol.logs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a stream, for example what a compressed file holds. Cuts a line that fills the buffer. */
final class StreamPieces implements PieceReader {
  private final InputStream in;
  private final LogFormat format;
  private final byte[] bytes;
  private int taken;
  private int filled;
  private long offset;
  private boolean ended;

  StreamPieces(InputStream in, LogFormat format, byte[] bytes) {
    this.in = in;
    this.format = format;
    this.bytes = bytes;
  }

  @Override
  public @Nullable LogPiece next() throws IOException {
    System.arraycopy(bytes, taken, bytes, 0, filled - taken);
    offset += taken;
    filled -= taken;
    taken = 0;
    fill();
    if (filled == 0) {
      return null;
    }
    taken = ended ? filled : lastStart();
    return new LogPiece(bytes, taken, offset);
  }

  private void fill() throws IOException {
    while (!ended && filled < bytes.length) {
      try {
        int count = in.read(bytes, filled, bytes.length - filled);
        filled += Math.max(0, count);
        ended = count < 0;
      } catch (EOFException | ZipException damaged) {
        // What could be read of a file that was not written to its end is still of use.
        ended = true;
      }
    }
  }

  // The last line that begins an event, so that the event stays whole; else the last line.
  private int lastStart() {
    int lastLine = -1;
    for (int i = filled - 1; i > 0; i--) {
      if (bytes[i - 1] != '\n') {
        continue;
      }
      lastLine = lastLine < 0 ? i : lastLine;
      // An event of more than half a piece is not worth a longer search.
      if (i < filled / 2) {
        break;
      }
      if (format.millisOf(bytes, i, filled) != LogFormat.NO_TIME) {
        return i;
      }
    }
    return lastLine < 0 ? filled : lastLine;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
