package dev.troupe.protocol.launch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The end of a process that is not a child of this one. {@link ProcessHandle#onExit} waits for ever
 * for a process that has ended and that nobody has waited for (see {@link Liveness}).
 */
public final class ProcessEnd {
  private static final long LOOK_MILLIS = 200;

  private ProcessEnd() {}

  /**
   * Looks at the process five times a second until it has ended.
   *
   * @param executor that looks, which blocks for a moment
   */
  public static CompletableFuture<Void> of(ProcessHandle handle, Executor executor) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Executor later =
        CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS, executor);
    lookLater(handle, later, end);
    return end;
  }

  private static void lookLater(ProcessHandle handle, Executor later, CompletableFuture<Void> end) {
    later.execute(
        () -> {
          if (Liveness.isAlive(handle)) {
            lookLater(handle, later, end);
          } else {
            end.complete(null);
          }
        });
  }
}
