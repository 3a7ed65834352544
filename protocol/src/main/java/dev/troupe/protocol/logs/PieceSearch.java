package dev.troupe.protocol.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.settings.LogLevel;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a piece of a log that a query asks for. */
final class PieceSearch {
  private static final int LONGEST_TEXT = 64 * 1024;
  // JSON escapes these characters.
  private static final Pattern WRITTEN_OTHERWISE = Pattern.compile("[\"\\\\\\p{Cntrl}]");

  private final LogQuery query;
  private final LogFormat format;
  private final ZoneId zone;
  private final @Nullable BoundedMatch expression;
  private final @Nullable ByteFinder finder;
  private final BooleanSupplier timer;
  private final long sinceMillis;
  private final long untilMillis;

  /**
   * @param timer whether time is left; a search for an expression ends when none is
   */
  PieceSearch(LogQuery query, LogFormat format, ZoneId zone, BooleanSupplier timer) {
    this.timer = timer;
    this.query = query;
    this.format = format;
    this.zone = zone;
    this.expression = query.expression() == null ? null : new BoundedMatch(query.expression());
    this.finder = finder(query);
    this.sinceMillis = query.since() == null ? Long.MIN_VALUE : query.since().toEpochMilli();
    this.untilMillis = query.until() == null ? Long.MAX_VALUE : query.until().toEpochMilli();
  }

  long sinceMillis() {
    return sinceMillis;
  }

  /** The first line of the event that the lines after it belong to. */
  private record Head(int start, long millis, @Nullable String level, boolean json) {}

  // Looks only at lines that have this. Of a request's event, each line is wanted, but only the
  // first one has the id.
  private static @Nullable ByteFinder finder(LogQuery query) {
    String text = query.request() != null ? query.request() : query.text();
    if (text == null) {
      return null;
    }
    String longest = "";
    for (String part : WRITTEN_OTHERWISE.split(text, -1)) {
      longest = part.length() > longest.length() ? part : longest;
    }
    return longest.isEmpty() ? null : new ByteFinder(longest.getBytes(UTF_8));
  }

  /**
   * @param unknownMillis the time of lines that neither have one nor come after one that has
   */
  List<LogLine> find(LogPiece piece, LogFiles.LogFile file, long unknownMillis) {
    Head none = new Head(-1, unknownMillis, null, false);
    return new OfPiece(piece, file, none).find();
  }

  private final class OfPiece {
    private final LogPiece piece;
    private final LogFiles.LogFile file;
    private final List<LogLine> found = new ArrayList<>();
    private Head head;
    private @Nullable LineParts headParts;

    OfPiece(LogPiece piece, LogFiles.LogFile file, Head none) {
      this.piece = piece;
      this.file = file;
      this.head = none;
    }

    List<LogLine> find() {
      int next = 0;
      while (next < piece.length() && (expression == null || timer.getAsBoolean())) {
        int start = next;
        if (finder != null) {
          int hit = finder.indexIn(piece.bytes(), next, piece.length());
          if (hit < 0) {
            break;
          }
          start = piece.lineStart(hit);
          findHead(start, next);
        }
        next = query.request() == null ? line(start) : event(start);
      }
      return found;
    }

    // The lines of an event have the level and the time of its first line.
    private void findHead(int line, int from) {
      for (int start = line; start >= from; ) {
        if (isHead(start)) {
          return;
        }
        start = start == 0 ? -1 : piece.lineStart(start - 1);
      }
    }

    private boolean isHead(int start) {
      int end = Math.min(piece.length(), start + 64);
      long millis = format.millisOf(piece.bytes(), start, end);
      if (millis == LogFormat.NO_TIME) {
        return false;
      }
      boolean json = LogFormat.isJson(piece.bytes(), start, end);
      head = new Head(start, millis, LogFormat.levelOf(piece.bytes(), start, end), json);
      headParts = null;
      return true;
    }

    // The position after the line.
    private int line(int start) {
      if (finder == null) {
        isHead(start);
      }
      int end = piece.lineEnd(start);
      if (isInTime() && hasLevel()) {
        add(start, end);
      }
      return end + 1;
    }

    // The position after the event.
    private int event(int start) {
      int end = piece.lineEnd(start);
      boolean wanted =
          head.start() == start
              && isInTime()
              && hasLevel()
              && Objects.equals(parts(start, end).request(), query.request());
      if (wanted) {
        add(start, end);
      }
      int next = end + 1;
      while (wanted && next < piece.length() && !startsEvent(next)) {
        end = piece.lineEnd(next);
        add(next, end);
        next = end + 1;
      }
      return next;
    }

    private boolean startsEvent(int start) {
      return format.millisOf(piece.bytes(), start, Math.min(piece.length(), start + 64))
          != LogFormat.NO_TIME;
    }

    private boolean isInTime() {
      return head.millis() >= sinceMillis && head.millis() < untilMillis;
    }

    private boolean hasLevel() {
      LogLevel lowest = query.level();
      return lowest == null
          || (head.level() != null && LogLevel.valueOf(head.level()).compareTo(lowest) >= 0);
    }

    private void add(int start, int end) {
      boolean first = head.start() == start;
      LineParts own = first ? parts(start, end) : LineParts.none(text(start, end));
      LineParts event = first || head.start() < 0 ? own : parts(head.start());
      LogLine line =
          new LogLine(
              head.millis() == LogFormat.NO_TIME ? null : Instant.ofEpochMilli(head.millis()),
              file.slot(),
              head.level(),
              event.logger(),
              event.request(),
              event.trace(),
              cut(own.text()),
              file.path().getFileName().toString(),
              piece.offset() + start,
              first);
      if (isMatch(line, first && head.json() ? null : text(start, end))) {
        found.add(line);
      }
    }

    // A JSON line is matched as it is shown.
    private boolean isMatch(LogLine line, @Nullable String raw) {
      if (query.text() == null && expression == null) {
        return true;
      }
      String shown = raw == null ? line.shown(zone) : raw;
      return (query.text() == null || shown.contains(query.text()))
          && (expression == null || expression.isIn(shown));
    }

    private LineParts parts(int start) {
      return parts(start, piece.lineEnd(start));
    }

    private LineParts parts(int start, int end) {
      if (headParts == null) {
        String line = text(start, end);
        headParts =
            head.json()
                ? LineParts.ofJson(line)
                : (head.level() == null ? LineParts.none(line) : LineParts.ofText(line));
      }
      return headParts;
    }

    private String text(int start, int end) {
      int last = end > start && piece.bytes()[end - 1] == '\r' ? end - 1 : end;
      return new String(piece.bytes(), start, last - start, UTF_8);
    }

    private String cut(String text) {
      return text.length() <= LONGEST_TEXT
          ? text
          : "%s… (%d characters more)"
              .formatted(text.substring(0, LONGEST_TEXT), text.length() - LONGEST_TEXT);
    }
  }
}
