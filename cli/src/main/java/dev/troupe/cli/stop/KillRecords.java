package dev.troupe.cli.stop;

import dev.troupe.cli.control.EventJson;
import dev.troupe.cli.logs.Tail;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Knows which processes the seed node or a launcher killed during a stop: the seed node records it
 * in the journal, a launcher in a file of its own.
 */
@FunctionalInterface
public interface KillRecords {
  /**
   * Those of {@code processes} that were killed.
   *
   * @param processes that were alive when the stop began
   */
  List<ClusterProcess> killedAmong(Collection<ClusterProcess> processes);

  /** The file of a launcher, one pid in each line. */
  String FILE = "stop.killed";

  /**
   * Records for {@code down} which processes this launcher killed.
   *
   * @param run the directory of the file
   */
  static void write(Path run, Collection<Long> pids) throws IOException {
    Files.write(run.resolve(FILE), pids.stream().map(String::valueOf).toList());
  }

  /**
   * @param run the directory of the journal and the file
   */
  static KillRecords of(Path run) {
    return processes -> {
      List<String> byLauncher = Tail.lastLines(run.resolve(FILE), 1000);
      List<Event> kills =
          Tail.lastLines(run.resolve(Event.FILE), 1000).stream()
              .map(EventJson::read)
              .flatMap(Optional::stream)
              .filter(event -> event.kind() == EventKind.EXITED)
              .filter(event -> Signal.KILL.equals(event.signal()))
              .toList();
      return processes.stream()
          .filter(
              process ->
                  byLauncher.contains(Long.toString(process.pid()))
                      || kills.stream().anyMatch(event -> isOf(event, process)))
          .toList();
    };
  }

  private static boolean isOf(Event event, ClusterProcess process) {
    return event.pid() != null
        && event.pid() == process.pid()
        && process.slot().equals(event.slot());
  }
}
