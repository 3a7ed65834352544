package dev.troupe.cli.logs;

import dev.troupe.cli.command.DurationConverter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Function;

/**
 * A point in time that a user gives: how long ago, or a local time or date, or a time with zone.
 */
final class TimeOption {
  private TimeOption() {}

  /**
   * @param option in which the time was given
   * @throws IllegalArgumentException when {@code text} is no time
   */
  static Instant parse(String option, String text, ZonedDateTime now) {
    if (DurationConverter.fits(text)) {
      return now.toInstant().minus(DurationConverter.parse(text));
    }
    String iso = text.replace(' ', 'T');
    List<Function<String, Instant>> formats =
        List.of(
            time -> OffsetDateTime.parse(time).toInstant(),
            time -> LocalDateTime.parse(time).atZone(now.getZone()).toInstant(),
            time -> LocalDate.parse(time).atStartOfDay(now.getZone()).toInstant(),
            time -> now.with(LocalTime.parse(time)).toInstant());
    for (Function<String, Instant> format : formats) {
      try {
        return format.apply(iso);
      } catch (DateTimeException another) {
        // The next format may fit.
      }
    }
    throw new IllegalArgumentException(
        ("%s: '%s' is no time (expected for example: 10m for ten minutes ago, 14:30, 2026-01-31,"
                + " 2026-01-31T14:30, 2026-01-31T14:30:00Z)")
            .formatted(option, text));
  }
}
