package dev.troupe.protocol.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that is not compressed, from its beginning or from its end. A line that is longer
 * than two pieces is cut.
 */
final class FilePieces implements PieceReader {
  private static final int LONGEST_EVENT = 64 * 1024;

  private final FileChannel channel;
  private final LogFormat format;
  private final boolean backwards;
  private final int size;
  private final byte[] bytes;
  private final ByteBuffer probe;
  private final long end;
  // The pieces nominally begin at multiples of their size.
  private long number;
  private long boundary;

  /**
   * @param bytes for the pieces; pieces have half of its length
   */
  FilePieces(FileChannel channel, LogFormat format, boolean backwards, byte[] bytes)
      throws IOException {
    this.channel = channel;
    this.format = format;
    this.backwards = backwards;
    this.size = bytes.length / 2;
    this.bytes = bytes;
    this.probe = ByteBuffer.allocate(Math.min(size, LONGEST_EVENT));
    this.end = channel.size();
    this.number = backwards ? (end + size - 1) / size : 0;
    this.boundary = backwards ? end : 0;
  }

  @Override
  public @Nullable LogPiece next() throws IOException {
    return backwards ? previousPiece() : nextPiece();
  }

  private @Nullable LogPiece nextPiece() throws IOException {
    while (boundary < end) {
      number++;
      long to = number * size >= end ? end : startOfLine(number * size, end);
      // A long line reaches over several nominal pieces.
      if (to > boundary) {
        LogPiece piece = read(boundary, to);
        boundary = to;
        number = Math.max(number, to / size);
        return piece;
      }
    }
    return null;
  }

  private @Nullable LogPiece previousPiece() throws IOException {
    while (number > 0) {
      number--;
      long from = number == 0 ? 0 : startOfLine(number * size, boundary);
      if (from < boundary) {
        LogPiece piece = read(from, boundary);
        boundary = from;
        return piece;
      }
    }
    return null;
  }

  // The first event that begins at the position or after it; a line if no event is near.
  private long startOfLine(long position, long limit) throws IOException {
    long firstLine = -1;
    int scanned = 0;
    long at = position - 1;
    while (at < limit) {
      int count = channel.read(probe.clear(), at);
      if (count <= 0) {
        return limit;
      }
      byte[] read = probe.array();
      for (int i = 0; i < count - 1; i++) {
        if (read[i] != '\n') {
          continue;
        }
        long line = at + i + 1;
        if (line >= limit) {
          return firstLine < 0 ? limit : firstLine;
        }
        firstLine = firstLine < 0 ? line : firstLine;
        if (format.millisOf(read, i + 1, count) != LogFormat.NO_TIME) {
          return line;
        }
      }
      scanned += firstLine < 0 ? 0 : count;
      if (firstLine >= 0 && scanned >= probe.capacity()) {
        return firstLine;
      }
      // Each block begins with the last byte of the block before it.
      at += Math.max(1, count - 1);
      if (count == 1) {
        return firstLine < 0 ? limit : firstLine;
      }
    }
    return firstLine < 0 ? limit : firstLine;
  }

  private LogPiece read(long from, long to) throws IOException {
    int length = (int) Math.min(bytes.length, to - from);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    long at = from;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at);
      if (count < 0) {
        break;
      }
      at += count;
    }
    return new LogPiece(bytes, buffer.position(), from);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
