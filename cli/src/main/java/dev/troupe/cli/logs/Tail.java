package dev.troupe.cli.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Reads the end of a file without reading the rest. */
public final class Tail {
  private static final int BLOCK = 16 * 1024;
  // A file of one endless line must not fill the small heap of a command.
  private static final long MAX_BYTES = 1 << 20;
  private static final int LONGEST_LINE = 4096;

  private Tail() {}

  /** The last lines, at most {@code count}; none if the file cannot be read. */
  public static List<String> lastLines(Path file, int count) {
    return lastLines(file, 0, count);
  }

  /** The last lines after position {@code start}, at most {@code count}; none if unreadable. */
  public static List<String> lastLines(Path file, long start, int count) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = channel.size();
      long from = positionOf(channel, Math.max(start, end - MAX_BYTES), end, count);
      return new String(read(channel, from, end), UTF_8).lines().map(Tail::cut).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String cut(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }

  /** The position of the last {@code count} lines before {@code end}, not before {@code start}. */
  static long positionOf(FileChannel channel, long start, long end, int count) throws IOException {
    if (count == 0) {
      return end;
    }
    int breaks = 0;
    for (long blockEnd = end; blockEnd > start; blockEnd -= BLOCK) {
      long blockStart = Math.max(start, blockEnd - BLOCK);
      byte[] block = read(channel, blockStart, blockEnd);
      for (int i = block.length - 1; i >= 0; i--) {
        // No line begins after the line break at the end.
        if (block[i] == '\n' && blockStart + i != end - 1 && ++breaks == count) {
          return blockStart + i + 1;
        }
      }
    }
    return Math.min(start, end);
  }

  static byte[] read(FileChannel channel, long from, long to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    for (long position = from; position < to; ) {
      buffer.clear().limit((int) Math.min(BLOCK, to - position));
      int count = channel.read(buffer, position);
      if (count < 0) {
        break;
      }
      bytes.write(buffer.array(), 0, count);
      position += count;
    }
    return bytes.toByteArray();
  }
}
