package dev.troupe.protocol.logs;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A line of a log. A line that continues an event, for example one of a stack trace, has the time,
 * the level and the ids of the event.
 *
 * @param at null if neither the line nor one before it has a time
 * @param level null if the line has none
 * @param text without what the other components say; of a JSON line, the message and the stack
 *     trace, several lines then
 * @param file the name of the file
 * @param offset where the line begins in the file, in bytes; of a compressed file, in what it holds
 * @param first whether the line is the first one of its event
 */
public record LogLine(
    @Nullable Instant at,
    String slot,
    @Nullable String level,
    @Nullable String logger,
    @Nullable String request,
    @Nullable String trace,
    String text,
    String file,
    long offset,
    boolean first) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  /** The line as a node writes it in the text format. */
  public String shown(ZoneId zone) {
    if (!first || at == null || level == null || logger == null) {
      return text;
    }
    return "%s %-5s %s - %s%s%s"
        .formatted(
            TIME.format(at.atZone(zone)),
            level,
            shortName(logger),
            mark("request", request),
            mark("trace", trace),
            text);
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static String mark(String kind, @Nullable String id) {
    return id == null ? "" : "[%s %s] ".formatted(kind, id);
  }
}
