package dev.troupe.protocol.settings;

/**
 * The logs under {@code run/logs}.
 *
 * @param level TRACE, DEBUG, INFO, WARN, ERROR or OFF
 * @param maxFileBytes when a slot's log is rotated
 * @param totalBytes what all logs of one slot may take together
 */
public record LogSettings(String level, long maxFileBytes, long totalBytes) {
  private enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    OFF
  }

  static LogSettings read(Section section) {
    return Section.finish(
        section,
        s -> {
          LogSettings logs =
              new LogSettings(
                  s.choice("level", Level.class).name(),
                  s.bytes("max-file-size", Limits.SMALLEST_LOG, Limits.GIB),
                  s.bytes("total-size", Limits.SMALLEST_LOG, 1024 * Limits.GIB));
          s.require(
              "total-size",
              logs.totalBytes() >= logs.maxFileBytes(),
              "at least max-file-size, which is " + Units.text(logs.maxFileBytes()));
          return logs;
        });
  }
}
