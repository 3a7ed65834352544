package dev.troupe.protocol.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The fields of {@code /proc/PID/stat} that Troupe uses; see proc(5).
 *
 * @param state the letter of the process state, such as Z for a zombie
 * @param group the pid of the leader of the process group
 * @param session the pid of the leader of the session
 * @param startTicks when the process was started, in clock ticks since the boot of the machine
 */
record ProcessStat(char state, long group, long session, long startTicks) {
  private static final int STATE = 0;
  private static final int GROUP = 2;
  private static final int SESSION = 3;
  private static final int START_TICKS = 19;

  /** Reads the file of a running process; empty where there is none, or it is hidden. */
  static Optional<ProcessStat> of(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat"), ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<ProcessStat> parse(String line) {
    // The program's name stands in parentheses before the state. The name itself may contain
    // parentheses and blanks, so only what follows the last parenthesis is split.
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= START_TICKS || fields[STATE].length() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessStat(
              fields[STATE].charAt(0),
              Long.parseLong(fields[GROUP]),
              Long.parseLong(fields[SESSION]),
              Long.parseLong(fields[START_TICKS])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
