package dev.troupe.protocol.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Searches the log files of all slots, rotated ones included, and merges the lines by time. Memory
 * is bounded however long files and lines are: pieces of files are searched as bytes, and only
 * lines that are wanted become objects.
 */
public final class LogSearch {
  // The lines that were found in one piece of each source are in memory together.
  private static final int PIECES_TOGETHER = 8 << 20;
  private static final int LARGEST_PIECE = 512 << 10;
  private static final int SMALLEST_PIECE = 32 << 10;

  private final LogFiles files;
  private final ZoneId zone;

  /**
   * @param directory of the log files
   * @param zone in which lines of the text format have their time
   */
  public LogSearch(Path directory, ZoneId zone) {
    this.files = new LogFiles(directory);
    this.zone = zone;
  }

  /**
   * What was found.
   *
   * @param lines oldest first
   * @param truncated whether there may be older lines that were asked for
   */
  public record Found(List<LogLine> lines, boolean truncated) {
    public Found {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The newest lines that are wanted; blocks.
   *
   * @param limit of the number of lines; at least one
   * @param atMost after which the search ends with what was found
   * @throws IOException when a file cannot be read
   * @throws ExpensiveExpressionException when the expression of the query takes too many steps
   */
  public Found newest(LogQuery query, int limit, Duration atMost) throws IOException {
    return newest(query, limit, Long.MAX_VALUE, atMost);
  }

  /**
   * The same, and no more lines than have about {@code mostCharacters} together.
   *
   * @throws IOException when a file cannot be read
   * @throws ExpensiveExpressionException when the expression of the query takes too many steps
   */
  public Found newest(LogQuery query, int limit, long mostCharacters, Duration atMost)
      throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    List<LogLine> lines = new ArrayList<>();
    AtomicLong characters = new AtomicLong();
    boolean all =
        merge(
            query,
            limit + 1,
            line ->
                lines.add(line)
                    && lines.size() <= limit
                    && characters.addAndGet(line.text().length()) <= mostCharacters,
            () -> System.nanoTime() - end < 0);
    boolean truncated = !all || lines.size() > limit || characters.get() > mostCharacters;
    Collections.reverse(lines);
    return new Found(
        lines.size() > limit ? lines.subList(lines.size() - limit, lines.size()) : lines,
        truncated);
  }

  /**
   * Passes all wanted lines to {@code receiver}, oldest first, until it returns false; blocks.
   *
   * @throws IOException when a file cannot be read
   * @throws ExpensiveExpressionException when the expression of the query takes too many steps
   */
  public void each(LogQuery query, Predicate<LogLine> receiver) throws IOException {
    boolean unused = merge(query, null, receiver, () -> true);
  }

  private record Numbered(int number, LogSource source) {
    Instant at() {
      LogLine line = source.peek();
      return line == null || line.at() == null ? Instant.EPOCH : line.at();
    }
  }

  // True if the search came to its end.
  private boolean merge(
      LogQuery query, @Nullable Integer newest, Predicate<LogLine> receiver, BooleanSupplier timer)
      throws IOException {
    List<LogSource> sources = sources(query, newest, timer);
    try {
      Comparator<Numbered> order =
          Comparator.comparing(Numbered::at).thenComparing(Numbered::number);
      PriorityQueue<Numbered> next = new PriorityQueue<>(newest == null ? order : order.reversed());
      for (int i = 0; i < sources.size(); i++) {
        if (!advance(sources.get(i), timer)) {
          return false;
        }
        if (sources.get(i).peek() != null) {
          next.add(new Numbered(i, sources.get(i)));
        }
      }
      for (Numbered first = next.poll(); first != null; first = next.poll()) {
        LogLine line = first.source().take();
        if (line != null && !receiver.test(line)) {
          return true;
        }
        if (!advance(first.source(), timer)) {
          return false;
        }
        if (first.source().peek() != null) {
          next.add(first);
        }
      }
      return true;
    } finally {
      for (LogSource source : sources) {
        source.close();
      }
    }
  }

  // Reads until the source has a line or has ended; false if no time is left.
  private static boolean advance(LogSource source, BooleanSupplier timer) throws IOException {
    while (source.peek() == null || !source.isComplete()) {
      if (!timer.getAsBoolean()) {
        return false;
      }
      if (!source.read()) {
        break;
      }
    }
    return true;
  }

  private List<LogSource> sources(LogQuery query, @Nullable Integer newest, BooleanSupplier timer) {
    Map<String, List<LogFiles.LogFile>> bySource = new LinkedHashMap<>();
    for (LogFiles.LogFile file : files.all()) {
      if (query.name() == null || file.isOf(query.name())) {
        bySource
            .computeIfAbsent(file.slot() + (file.output() ? ".out" : ""), key -> new ArrayList<>())
            .add(file);
      }
    }
    int piece =
        Math.max(
            SMALLEST_PIECE,
            Math.min(LARGEST_PIECE, PIECES_TOGETHER / Math.max(1, bySource.size())));
    byte[] shared = new byte[2 * piece];
    LogFormat format = new LogFormat(zone);
    PieceSearch search = new PieceSearch(query, format, zone, timer);
    return bySource.values().stream()
        .map(source -> new LogSource(source, search, format, shared, newest))
        .toList();
  }
}
