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
 * Tells which processes others had to kill during the same stop: the seed node writes that into its
 * journal, and a launcher into a file of its own.
 */
@FunctionalInterface
public interface KilledByOthers {
  /** The processes among {@code ended}, which lived when the stop began. */
  List<ClusterProcess> among(Collection<ClusterProcess> ended);

  /** The file in which a launcher leaves whom it killed, one pid a line. */
  String FILE = "stop.killed";

  /**
   * Leaves for {@code down} whom this launcher killed.
   *
   * @param run the directory of the file
   */
  static void leave(Path run, Collection<Long> pids) throws IOException {
    Files.write(run.resolve(FILE), pids.stream().map(String::valueOf).toList());
  }

  /**
   * @param run the directory of the journal and the file
   */
  static KilledByOthers in(Path run) {
    return ended -> {
      List<String> byLauncher = Tail.lastLines(run.resolve(FILE), 1000);
      List<Event> kills =
          Tail.lastLines(run.resolve(Event.FILE), 1000).stream()
              .map(EventJson::read)
              .flatMap(Optional::stream)
              .filter(event -> event.kind() == EventKind.EXITED)
              .filter(event -> Signal.KILL.equals(event.signal()))
              .toList();
      return ended.stream()
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
