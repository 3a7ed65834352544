package dev.troupe.protocol.report;

import dev.troupe.protocol.launch.ExitNote;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The last log lines of a process that ended. */
public final class ExitLog {
  private ExitLog() {}

  /**
   * The lines indented, without those that only repeat the exit note of the process: the supervisor
   * has put the note into the reason.
   */
  public static List<String> lines(List<String> log) {
    Set<String> repeated =
        log.stream()
            .flatMap(line -> ExitNote.of(line).stream())
            .map(ExitNote::detail)
            .filter(detail -> !detail.isEmpty())
            .collect(Collectors.toSet());
    return log.stream()
        .filter(line -> ExitNote.of(line).isEmpty())
        .filter(line -> repeated.stream().noneMatch(line::endsWith))
        .map(line -> "  | " + line)
        .toList();
  }
}
