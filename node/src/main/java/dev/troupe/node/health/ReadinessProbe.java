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

/**
 * Runs the readiness check of a role with a timeout, and looks for deadlocked threads: neither a
 * check that hangs nor a deadlock stops the heartbeats by itself. Used by one thread at a time.
 */
final class ReadinessProbe {
  /** Threads of this process wait for each other: the process has to be replaced. */
  static final class DeadlockException extends Exception {
    private static final long serialVersionUID = 1L;

    DeadlockException(String message) {
      super(message);
    }
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Executor blocking;
  private final Duration patience;
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  /**
   * @param blocking runs the check
   * @param patience how long a check may take
   */
  ReadinessProbe(Executor blocking, Duration patience) {
    this.blocking = blocking;
    this.patience = patience;
  }

  /**
   * Does not block.
   *
   * @return fails with the exception of {@code check}, with {@link IllegalStateException} when the
   *     check takes too long, and with {@link DeadlockException} when threads wait for each other
   */
  CompletableFuture<Void> check(ReadinessCheck check) {
    long[] deadlocked = THREADS.findDeadlockedThreads();
    if (deadlocked != null) {
      return CompletableFuture.failedFuture(
          new DeadlockException("deadlock of threads " + names(deadlocked)));
    }
    // A second check would hang like the first.
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
