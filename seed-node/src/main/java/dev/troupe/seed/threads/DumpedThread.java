package dev.troupe.seed.threads;

import java.util.List;

/**
 * A thread in one dump.
 *
 * @param id of the thread in its JVM; two threads may have one name
 * @param state like {@code RUNNABLE}; of a thread of the JVM itself, what it does
 * @param cpuMillis processor time since the thread began
 * @param stack the frames as the JVM prints them, the innermost first; empty for threads of the JVM
 */
record DumpedThread(String id, String name, String state, double cpuMillis, List<String> stack) {
  DumpedThread {
    stack = List.copyOf(stack);
  }
}
