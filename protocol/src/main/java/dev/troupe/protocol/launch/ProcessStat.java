package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/PID/stat} says of a process; see proc(5).
 *
 * @param state the letter of its state
 * @param startTicks when it was started, in clock ticks since the machine was booted
 */
record ProcessStat(char state, long startTicks) {
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /** Of a running process; nothing where the system has no such file, or hides it. */
  static Optional<ProcessStat> of(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat"), ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<ProcessStat> parse(String line) {
    // The name before the state is in parentheses, and may contain some itself, and blanks.
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= START_TICKS || fields[STATE].length() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessStat(fields[STATE].charAt(0), Long.parseLong(fields[START_TICKS])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
