package dev.troupe.protocol.report;

import java.time.Duration;

/** Formats durations for people. */
public final class DurationFormat {
  private DurationFormat() {}

  /** Two units at most, like {@code 4s}, {@code 2m 10s}, {@code 3h 5m}, {@code 2d 4h}. */
  public static String coarse(Duration span) {
    if (span.isNegative()) {
      return "0s";
    }
    if (span.toDays() > 0) {
      return span.toDays() + "d " + span.toHoursPart() + "h";
    }
    if (span.toHours() > 0) {
      return span.toHours() + "h " + span.toMinutesPart() + "m";
    }
    if (span.toMinutes() > 0) {
      return span.toMinutes() + "m " + span.toSecondsPart() + "s";
    }
    return span.toSeconds() + "s";
  }

  /** In seconds with one decimal, like {@code 1.9 s}. */
  public static String fine(Duration span) {
    long tenths = (span.toMillis() + 50) / 100;
    return tenths / 10 + "." + tenths % 10 + " s";
  }
}
