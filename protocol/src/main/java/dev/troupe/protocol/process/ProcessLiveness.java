package dev.troupe.protocol.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Whether a process still runs.
 *
 * <p>The JDK counts a zombie as alive: a process that has ended, but whose parent has not waited
 * for it. In a container whose process 1 waits for nobody, each orphan stays a zombie for ever.
 */
public final class ProcessLiveness {
  private static final long POLL_MILLIS = 200;

  private ProcessLiveness() {}

  /** Like {@link ProcessHandle#isAlive}, but false for a zombie. */
  public static boolean isAlive(ProcessHandle handle) {
    return handle.isAlive() && state(handle.pid()) != 'Z';
  }

  /** Whether a signal or a debugger has stopped the process: alive, but it runs no code. */
  public static boolean isStopped(long pid) {
    return Character.toUpperCase(state(pid)) == 'T';
  }

  /**
   * Like {@link ProcessHandle#onExit}, but completes for a zombie too. Polls five times a second.
   *
   * @param executor runs each poll, which reads {@code /proc}
   */
  public static CompletableFuture<Void> onExit(ProcessHandle handle, Executor executor) {
    CompletableFuture<Void> exit = new CompletableFuture<>();
    Executor later =
        CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS, executor);
    poll(handle, later, exit);
    return exit;
  }

  private static void poll(ProcessHandle handle, Executor later, CompletableFuture<Void> exit) {
    later.execute(
        () -> {
          if (isAlive(handle)) {
            poll(handle, later, exit);
          } else {
            exit.complete(null);
          }
        });
  }

  /** The state letter of proc(5); a blank where the system does not show it. */
  private static char state(long pid) {
    return ProcessStat.of(pid).map(ProcessStat::state).orElse(' ');
  }
}
