package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds what the process of a slot has started and left running: by the mark that children inherit
 * in their environment, and by the process group of the slot's process. Parents do not tell: a
 * process whose parent has ended is a child of process 1.
 */
public final class Leftovers {
  private static final int PROCESS_GROUP = 2;
  private static final int SESSION = 3;

  private Leftovers() {}

  /** Living processes of this user whose mark is as wanted; never this one. */
  public static List<ProcessHandle> marked(Predicate<SlotMark> wanted) {
    return living(handle -> SlotMark.of(handle).filter(wanted).isPresent());
  }

  /**
   * Living processes in the group or the session that a process led.
   *
   * @param leader pid of a process that has ended; none are found if another process has it now
   */
  public static List<ProcessHandle> inGroupOf(long leader) {
    if (ProcessHandle.of(leader).filter(Liveness::isAlive).isPresent()) {
      return List.of();
    }
    return living(
        handle ->
            statistics(handle.pid())
                .filter(
                    fields ->
                        fields.get(PROCESS_GROUP).equals(Long.toString(leader))
                            || fields.get(SESSION).equals(Long.toString(leader)))
                .isPresent());
  }

  private static List<ProcessHandle> living(Predicate<ProcessHandle> wanted) {
    ProcessHandle self = ProcessHandle.current();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(handle -> !handle.equals(self))
          .filter(wanted)
          .filter(Liveness::isAlive)
          .toList();
    }
  }

  // The fields of proc(5) from the state on; the name before it may contain blanks.
  private static Optional<List<String>> statistics(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), ISO_8859_1);
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      return fields.size() > SESSION ? Optional.of(fields) : Optional.empty();
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
