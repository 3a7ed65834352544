package dev.troupe.seed.threads;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a process did from one dump to the next.
 *
 * @param dumps how many dumps are compared
 * @param millis from the first dump to the last
 * @param threads those that used the most processor time first, then those that stayed where they
 *     were, then the others
 */
public record ThreadComparison(int dumps, long millis, List<ThreadChange> threads) {
  /**
   * A thread that is in the last dump.
   *
   * @param states in each dump, the oldest first; null in a dump without the thread
   * @param cpuMillis processor time from the first dump that has the thread to the last
   * @param same whether its stack was the same in all dumps; false for threads of the JVM itself
   * @param stack in the last dump, the innermost frame first
   */
  public record ThreadChange(
      String name,
      List<@Nullable String> states,
      long cpuMillis,
      boolean same,
      List<String> stack) {}

  /**
   * @param dumps the threads of each dump, the oldest dump first
   * @param millis from the first dump to the last
   */
  static ThreadComparison of(List<List<DumpedThread>> dumps, long millis) {
    List<Map<String, DumpedThread>> byId = new ArrayList<>();
    for (List<DumpedThread> dump : dumps) {
      Map<String, DumpedThread> threads = new HashMap<>();
      dump.forEach(thread -> threads.put(thread.id(), thread));
      byId.add(threads);
    }
    List<ThreadChange> changes =
        dumps.isEmpty()
            ? List.of()
            : dumps.get(dumps.size() - 1).stream()
                .map(thread -> change(thread, byId))
                .sorted(
                    Comparator.comparingLong(ThreadChange::cpuMillis)
                        .reversed()
                        .thenComparing(change -> !change.same())
                        .thenComparing(ThreadChange::name))
                .toList();
    return new ThreadComparison(dumps.size(), millis, changes);
  }

  private static ThreadChange change(DumpedThread last, List<Map<String, DumpedThread>> dumps) {
    List<@Nullable String> states = new ArrayList<>();
    double before = last.cpuMillis();
    boolean same = !last.stack().isEmpty();
    for (Map<String, DumpedThread> dump : dumps) {
      DumpedThread thread = dump.get(last.id());
      states.add(thread == null ? null : thread.state());
      before = thread == null ? before : Math.min(before, thread.cpuMillis());
      same = same && thread != null && thread.stack().equals(last.stack());
    }
    return new ThreadChange(
        last.name(), states, Math.round(last.cpuMillis() - before), same, last.stack());
  }
}
