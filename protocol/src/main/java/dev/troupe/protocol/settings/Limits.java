package dev.troupe.protocol.settings;

import java.time.Duration;

/** The bounds settings have in common. */
final class Limits {
  static final Duration MILLISECOND = Duration.ofMillis(1);
  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);
  static final Duration MONTH = Duration.ofDays(30);
  static final long SMALLEST_LOG = 10L << 10;
  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  private Limits() {}
}
