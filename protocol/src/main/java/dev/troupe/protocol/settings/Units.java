package dev.troupe.protocol.settings;

import java.time.Duration;

/** Durations and sizes as somebody would write them into the file. */
final class Units {
  private Units() {}

  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds > 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    return seconds > 0 && seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
  }

  static String text(long bytes) {
    if (bytes > 0 && bytes % Limits.GIB == 0) {
      return bytes / Limits.GIB + "GiB";
    }
    if (bytes > 0 && bytes % Limits.MIB == 0) {
      return bytes / Limits.MIB + "MiB";
    }
    return bytes > 0 && bytes % 1024 == 0 ? bytes / 1024 + "KiB" : bytes + "B";
  }
}
