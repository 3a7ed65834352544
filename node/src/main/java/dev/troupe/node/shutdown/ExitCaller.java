package dev.troupe.node.shutdown;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the code that ends the JVM by {@link System#exit}, while it waits there for the end. */
final class ExitCaller {
  private static final Set<String> WAY_OUT =
      Set.of("java.lang.System", "java.lang.Runtime", "java.lang.Shutdown");

  private ExitCaller() {}

  /**
   * @param threads all of this JVM, as {@link Thread#getAllStackTraces} gives them
   * @return the caller; nothing when a signal ends the JVM, or the end of its last thread
   */
  static Optional<StackTraceElement> in(Map<Thread, StackTraceElement[]> threads) {
    return threads.values().stream().flatMap(stack -> caller(stack).stream()).findFirst();
  }

  private static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
    boolean exits = false;
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals("java.lang.Runtime")
          && frame.getMethodName().equals("exit")) {
        exits = true;
      } else if (exits && !WAY_OUT.contains(frame.getClassName())) {
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }
}
