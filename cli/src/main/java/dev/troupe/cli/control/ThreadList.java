package dev.troupe.cli.control;

import java.util.List;

/**
 * What the threads of a process did from one thread dump to the next.
 *
 * @param dumps that were compared
 * @param millis from the first dump to the last
 * @param threads the busiest first
 */
public record ThreadList(long dumps, long millis, List<Entry> threads) {
  /**
   * One thread.
   *
   * @param states in each dump that has the thread, the oldest first
   * @param cpuMillis processor time between the dumps
   * @param same whether its stack was the same in all dumps
   * @param stack in the last dump, the innermost frame first
   */
  public record Entry(
      String name, List<String> states, long cpuMillis, boolean same, List<String> stack) {
    public Entry {
      states = List.copyOf(states);
      stack = List.copyOf(stack);
    }
  }

  public ThreadList {
    threads = List.copyOf(threads);
  }
}
