package dev.troupe.protocol.logs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The wanted lines of the log files of one slot, in their order or in the reverse one. */
final class LogSource implements AutoCloseable {
  private final Iterator<LogFiles.LogFile> files;
  private final PieceSearch search;
  private final LogFormat format;
  private final byte[] shared;
  private final @Nullable Integer newest;
  private final Deque<LogLine> lines = new ArrayDeque<>();
  private LogFiles.@Nullable LogFile file;
  private @Nullable PieceReader reader;
  private long modified = LogFormat.NO_TIME;

  /**
   * @param shared a buffer for pieces of a file; sources of one thread may share it
   * @param newest how many lines are wanted at most, newest first; null for all, oldest first
   */
  LogSource(
      List<LogFiles.LogFile> files,
      PieceSearch search,
      LogFormat format,
      byte[] shared,
      @Nullable Integer newest) {
    List<LogFiles.LogFile> ordered = new ArrayList<>(files);
    if (newest != null) {
      Collections.reverse(ordered);
    }
    this.files = ordered.iterator();
    this.search = search;
    this.format = format;
    this.shared = shared;
    this.newest = newest;
  }

  /** The line that {@link #take} returns next; null if this is not known before {@link #read}. */
  @Nullable LogLine peek() {
    return lines.peek();
  }

  @Nullable LogLine take() {
    return lines.poll();
  }

  /** Reads a piece, or opens the next file; false after the last one. */
  boolean read() throws IOException {
    if (reader == null || file == null) {
      return openNext();
    }
    LogPiece piece = reader.next();
    if (piece == null) {
      close();
      return true;
    }
    List<LogLine> found = search.find(piece, file, modified);
    if (newest == null) {
      lines.addAll(found);
    } else if (file.isCompressed()) {
      // A compressed file can only be read from its beginning.
      found.forEach(this::keepNewest);
    } else {
      Collections.reverse(found);
      lines.addAll(found);
    }
    return true;
  }

  // Lines of a compressed file are not visible to peek before the file was read to its end.
  private void keepNewest(LogLine line) {
    lines.addFirst(line);
    if (newest != null && lines.size() > newest) {
      lines.removeLast();
    }
  }

  /** Whether lines that were read may be taken. */
  boolean isComplete() {
    return newest == null || reader == null || file == null || !file.isCompressed();
  }

  private boolean openNext() throws IOException {
    while (files.hasNext()) {
      LogFiles.LogFile next = files.next();
      try {
        modified = Files.getLastModifiedTime(next.path()).toMillis();
        if (modified < search.sinceMillis()) {
          continue;
        }
        if (!next.output()) {
          modified = LogFormat.NO_TIME;
        }
        file = next;
        reader = reader(next);
        return true;
      } catch (NoSuchFileException | EOFException | ZipException unusable) {
        // The file was renamed or deleted since the files were listed, or is being written.
      }
    }
    file = null;
    return false;
  }

  private PieceReader reader(LogFiles.LogFile next) throws IOException {
    if (next.isCompressed()) {
      InputStream in = Files.newInputStream(next.path());
      try {
        return new StreamPieces(
            new GZIPInputStream(in, 64 * 1024), format, new byte[shared.length]);
      } catch (IOException e) {
        in.close();
        throw e;
      }
    }
    return new FilePieces(
        FileChannel.open(next.path(), StandardOpenOption.READ), format, newest != null, shared);
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
