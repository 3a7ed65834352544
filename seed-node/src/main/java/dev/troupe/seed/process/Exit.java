package dev.troupe.seed.process;

import dev.troupe.protocol.launch.NodeExit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended.
 *
 * @param code its exit code; null when it was not our child, so that nobody could see it
 * @param log the last lines it wrote
 */
public record Exit(@Nullable Integer code, List<String> log) {
  // Of a line of our logs, between the logger and what it says.
  private static final String HEAD_END = " - ";

  private static final int SIGNALLED = 128;
  private static final int SIGNAL_TERM = 15;
  private static final int SIGNAL_KILL = 9;

  // What these end has no say in it: its last lines tell nothing.
  private static final Set<Integer> SILENT =
      Set.of(0, SIGNALLED + SIGNAL_TERM, SIGNALLED + SIGNAL_KILL);

  public Exit {
    log = List.copyOf(log);
  }

  /**
   * Whether it ended because its work was done. The 143 of a TERM is not for this class to judge:
   * only after an ordered stop is it success.
   */
  public boolean isSuccess() {
    return code != null && code == NodeExit.DONE.code();
  }

  /** In words: the code or signal, and the line of its log that says most. */
  public String reason() {
    return tellingLine().map(line -> how() + ": " + line).orElseGet(this::how);
  }

  private String how() {
    if (code == null) {
      return "ended, exit code not seen";
    }
    return switch (code) {
      case SIGNALLED + SIGNAL_KILL -> "killed by SIGKILL (exit code 137)";
      case SIGNALLED + SIGNAL_TERM -> "ended by SIGTERM (exit code 143)";
      case SIGNALLED + 6 -> "aborted by SIGABRT (exit code 134), as a crashing JVM is";
      case SIGNALLED + 11 -> "ended by SIGSEGV (exit code 139)";
      default ->
          NodeExit.of(code)
              .filter(exit -> !exit.isSuccess())
              .map(exit -> exit.meaning() + " (exit code " + code + ")")
              .orElse("exit code " + code);
    };
  }

  private static String withoutItsHead(String line) {
    int end = line.indexOf(HEAD_END);
    return end < 0 ? line : line.substring(end + HEAD_END.length());
  }

  private Optional<String> tellingLine() {
    if (code == null || SILENT.contains(code)) {
      return Optional.empty();
    }
    return log.stream()
        .filter(line -> line.contains(" ERROR "))
        .reduce((first, second) -> second)
        .map(Exit::withoutItsHead)
        .or(() -> log.stream().filter(line -> line.startsWith("Unrecognized ")).findFirst())
        .or(() -> log.stream().filter(line -> !line.isBlank()).reduce((a, b) -> b));
  }
}
