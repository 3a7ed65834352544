package dev.troupe.protocol.process;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the processes that the process of a slot has started, however far down: they inherit its
 * environment, and are in its process group or session unless they have left both. Parents are no
 * help: when the parent of a process has ended, process 1 is the parent.
 */
public final class ProcessFinder {
  private ProcessFinder() {}

  /** Living processes of this user whose mark passes {@code filter}; never this process. */
  public static List<ProcessHandle> marked(Predicate<EnvironmentMark> filter) {
    return living(handle -> EnvironmentMark.of(handle).filter(filter).isPresent());
  }

  /**
   * Living processes in the process group or the session of a leader that has ended.
   *
   * @param leader pid of the leader; the list is empty while a process with this pid lives, since
   *     that may be another process
   */
  public static List<ProcessHandle> inGroupOf(long leader) {
    if (ProcessHandle.of(leader).filter(ProcessLiveness::isAlive).isPresent()) {
      return List.of();
    }
    return living(
        handle ->
            ProcessStat.of(handle.pid())
                .filter(stat -> stat.group() == leader || stat.session() == leader)
                .isPresent());
  }

  private static List<ProcessHandle> living(Predicate<ProcessHandle> filter) {
    ProcessHandle self = ProcessHandle.current();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(handle -> !handle.equals(self))
          .filter(filter)
          .filter(ProcessLiveness::isAlive)
          .toList();
    }
  }
}
