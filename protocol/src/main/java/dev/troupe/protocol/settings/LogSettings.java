package dev.troupe.protocol.settings;

/**
 * The logs under {@code run/logs}.
 *
 * @param level of all loggers that are not among {@code levels}
 * @param format of the lines
 * @param maxFileBytes when a slot's log is rotated
 * @param totalBytes what all logs of one slot may take together
 */
public record LogSettings(
    LogLevel level, LogLevels levels, LogLineFormat format, long maxFileBytes, long totalBytes) {
  static LogSettings read(Section section) {
    return Section.finish(
        section,
        s -> {
          LogSettings logs =
              new LogSettings(
                  s.choice("level", LogLevel.class),
                  LogLevels.read(s),
                  s.choice("format", LogLineFormat.class),
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
