package dev.troupe.node.health;

import dev.troupe.node.failure.Failures;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Checks a node, whose heartbeats may go on though it hangs. Used by one thread at a time. */
public final class ReadinessProbe {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Executor blocking;
  private final Duration patience;
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  /**
   * @param blocking where the readiness check runs
   * @param patience for it to come to an end
   */
  public ReadinessProbe(Executor blocking, Duration patience) {
    this.blocking = blocking;
    this.patience = patience;
  }

  /**
   * Does not block.
   *
   * @return fails with what {@code check} throws, with {@link IllegalStateException} when it does
   *     not end, and with {@link DeadlockException} when threads wait for each other
   */
  public CompletableFuture<Void> check(ReadinessCheck check) {
    long[] deadlocked = THREADS.findDeadlockedThreads();
    if (deadlocked != null) {
      return CompletableFuture.failedFuture(
          new DeadlockException("deadlock of threads " + names(deadlocked)));
    }
    // Beside one that hangs another would hang too.
    if (running.isDone()) {
      running =
          CompletableFuture.runAsync(
              () ->
                  Failures.unchecked(
                      () -> {
                        check.run();
                        return "";
                      }),
              blocking);
    }
    return running
        .copy()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure)));
  }

  private Throwable explained(Throwable failure) {
    return failure instanceof TimeoutException
        ? new IllegalStateException(
            "its readiness check has not ended for %d s".formatted(patience.toSeconds()))
        : failure;
  }

  private static String names(long[] ids) {
    return Arrays.stream(THREADS.getThreadInfo(ids))
        .filter(Objects::nonNull)
        .map(ThreadInfo::getThreadName)
        .collect(Collectors.joining(", "));
  }
}
