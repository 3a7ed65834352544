package dev.troupe.protocol.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that are appended to the log files from its construction on. It keeps no file
 * open, so that the last lines of a file may be missed that is rotated between two looks. Not for
 * several threads.
 */
public final class LogTail {
  private static final int PIECE = 64 << 10;
  // A look at one file ends after these; the rest comes with the next look.
  private static final int MOST_PIECES = 4;

  private final LogFiles files;
  private final LogQuery query;
  private final PieceSearch search;
  private final byte[] bytes = new byte[PIECE];
  private final Map<Path, Position> positions = new HashMap<>();

  /**
   * @param directory of the log files
   * @param zone in which lines of the text format have their time
   */
  public LogTail(Path directory, ZoneId zone, LogQuery query) throws IOException {
    this.files = new LogFiles(directory);
    this.query = query;
    this.search = new PieceSearch(query, new LogFormat(zone), zone, () -> true);
    for (LogFiles.LogFile file : wanted()) {
      Position end = end(file.path());
      if (end != null) {
        positions.put(file.path(), end);
      }
    }
  }

  /**
   * @param file which one is at the path, if the system tells
   */
  private record Position(@Nullable Object file, long offset) {}

  /** Whether the line was there before, so that {@link #more} does not return it. */
  public boolean isPast(LogLine line) {
    return positions.entrySet().stream()
        .noneMatch(
            known ->
                Objects.equals(known.getKey().getFileName(), Path.of(line.file()))
                    && line.offset() >= known.getValue().offset());
  }

  /**
   * The wanted lines that were appended since the last call, a bounded number of them; blocks.
   *
   * @throws ExpensiveExpressionException when the expression of the query takes too many steps
   */
  public List<LogLine> more() throws IOException {
    List<LogLine> lines = new ArrayList<>();
    Set<Path> present = new HashSet<>();
    for (LogFiles.LogFile file : wanted()) {
      present.add(file.path());
      read(file, lines);
    }
    positions.keySet().retainAll(present);
    return lines;
  }

  private List<LogFiles.LogFile> wanted() {
    String name = query.name();
    return files.current().stream().filter(file -> name == null || file.isOf(name)).toList();
  }

  private static @Nullable Position end(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Position(attributes.fileKey(), attributes.size());
    } catch (NoSuchFileException rotatedMeanwhile) {
      return null;
    }
  }

  private void read(LogFiles.LogFile file, List<LogLine> lines) throws IOException {
    Position end = end(file.path());
    if (end == null) {
      return;
    }
    Position known = positions.get(file.path());
    // Another file, or one that was truncated, is read from its beginning.
    boolean same =
        known != null && Objects.equals(known.file(), end.file()) && known.offset() <= end.offset();
    long offset = same ? known.offset() : 0;
    if (offset < end.offset()) {
      try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
        offset = read(channel, offset, file, lines);
      } catch (NoSuchFileException rotatedMeanwhile) {
        return;
      }
    }
    positions.put(file.path(), new Position(end.file(), offset));
  }

  private long read(FileChannel channel, long from, LogFiles.LogFile file, List<LogLine> lines)
      throws IOException {
    long offset = from;
    for (int piece = 0; piece < MOST_PIECES; piece++) {
      int read = Math.max(0, channel.read(ByteBuffer.wrap(bytes), offset));
      int whole = wholeLines(read);
      if (whole == 0) {
        return offset;
      }
      // A line without a time has just been written.
      lines.addAll(
          search.find(new LogPiece(bytes, whole, offset), file, System.currentTimeMillis()));
      offset += whole;
    }
    return offset;
  }

  // The end of a line that is being written comes later, unless the line fills the buffer.
  private int wholeLines(int read) {
    for (int i = read - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return read == bytes.length ? read : 0;
  }
}
