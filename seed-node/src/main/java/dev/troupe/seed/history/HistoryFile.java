package dev.troupe.seed.history;

import dev.troupe.protocol.files.PrivateFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code run/history.bin.gz}: the whole history, compressed, with a checksum. Each write
 * replaces it. Not thread-safe.
 */
final class HistoryFile {
  /** The name of the file. */
  static final String NAME = "history.bin.gz";

  private static final Logger log = LoggerFactory.getLogger(HistoryFile.class);

  private static final int MAGIC = 0x54525048;
  private static final int VERSION = 1;
  private static final long MOST_BYTES = 256L << 20;

  private final Path path;
  private boolean isFailing;

  HistoryFile(Path run) {
    this.path = run.resolve(NAME);
  }

  /** A history with the clock that its ticks have. */
  record Saved(ClusterHistory history, TickClock clock) {}

  /**
   * What was saved last; an empty history if there is no file, or none that can be used.
   *
   * @param wallMillis the time of day now
   * @param nanos now, like {@link System#nanoTime()}
   */
  Saved read(int mostSlots, long wallMillis, long nanos) {
    if (Files.exists(path)) {
      try {
        return parse(mostSlots, wallMillis, nanos);
      } catch (IOException | RuntimeException e) {
        log.warn("{} is not used, the history of the metrics begins again: {}", path, e.toString());
      }
    }
    return new Saved(new ClusterHistory(mostSlots), new TickClock(0, wallMillis, nanos));
  }

  private Saved parse(int mostSlots, long wallMillis, long nanos) throws IOException {
    if (Files.size(path) > MOST_BYTES) {
      throw new IOException("it has more than %d bytes".formatted(MOST_BYTES));
    }
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(path))))) {
      expect("the first bytes", in.readInt(), MAGIC);
      expect("the version", in.readInt(), VERSION);
      expect("the number of columns", in.readInt(), SlotHistory.COLUMNS);
      long originMillis = in.readLong();
      ClusterHistory history = new ClusterHistory(mostSlots);
      history.read(in);
      // The checksum is compared when the end is read.
      expect("what follows", in.read(), -1);
      long newest = history.newest();
      return new Saved(
          history,
          newest == Long.MIN_VALUE
              ? new TickClock(0, wallMillis, nanos)
              : TickClock.after(originMillis, newest, wallMillis, nanos));
    }
  }

  private static void expect(String what, int found, int expected) throws IOException {
    if (found != expected) {
      throw new IOException("%s: %d (expected: %d)".formatted(what, found, expected));
    }
  }

  /** Replaces the file. If that fails, the old one stays, and the log says so once. */
  void write(ClusterHistory history, TickClock clock) {
    try {
      PrivateFile.write(path, bytes(history, clock));
      isFailing = false;
    } catch (IOException e) {
      if (!isFailing) {
        log.warn(
            "the history of the metrics could not be saved, the next seed node will know less: {}",
            e.toString());
      }
      isFailing = true;
    }
  }

  private static byte[] bytes(ClusterHistory history, TickClock clock) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(SlotHistory.COLUMNS);
      out.writeLong(clock.originMillis());
      history.write(out);
    }
    return bytes.toByteArray();
  }
}
