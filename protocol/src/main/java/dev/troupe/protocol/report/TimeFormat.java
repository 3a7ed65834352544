package dev.troupe.protocol.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Formats points in time for people who read them now.
 *
 * @param now decides whether a time is of today
 */
public record TimeFormat(Instant now, ZoneId zone) {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter ANOTHER_DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** In the time zone of this machine. */
  public static TimeFormat local(Instant now) {
    return new TimeFormat(now, ZoneId.systemDefault());
  }

  /** Like {@code 10:01:58} or, of another day, {@code 2026-01-01 10:01:58}. */
  public String at(Instant at) {
    boolean today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? TODAY : ANOTHER_DAY).format(at.atZone(zone));
  }

  /** Like {@code 3.4 s} or {@code 12m 4s}. */
  public static String between(Instant from, Instant to) {
    Duration span = Duration.between(from, to);
    if (span.isNegative()) {
      return DurationFormat.fine(Duration.ZERO);
    }
    return span.compareTo(MINUTE) < 0 ? DurationFormat.fine(span) : DurationFormat.coarse(span);
  }
}
