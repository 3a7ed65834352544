package dev.troupe.node.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many pipelined requests run at a time: requests that clients sent before they had the
 * reply to the one before. The others wait in a queue, in the order in which they came. A
 * connection has at most one request in it, so connections take turns. Thread-safe.
 */
final class PipelineScheduler {
  private record Waiting(CompletableFuture<Void> start, BooleanSupplier abandoned) {}

  private final int max;
  private final Executor executor;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private int running;

  /**
   * @param max requests that run at a time
   * @param executor runs each request; the end of one does not run the next on its own thread
   */
  PipelineScheduler(int max, Executor executor) {
    this.max = max;
    this.executor = executor;
  }

  /**
   * Runs {@code work} as soon as fewer than {@code max} others run.
   *
   * @param abandoned whether nobody waits for the result any more; if so when its turn comes, the
   *     work does not run and the result never completes
   */
  <T> CompletionStage<T> run(BooleanSupplier abandoned, Supplier<CompletionStage<T>> work) {
    CompletableFuture<Void> start = new CompletableFuture<>();
    synchronized (this) {
      if (running < max) {
        running++;
        start.complete(null);
      } else {
        queue.add(new Waiting(start, abandoned));
      }
    }
    return start
        .thenComposeAsync(started -> work.get(), executor)
        .whenComplete((result, failure) -> startNext());
  }

  private void startNext() {
    Waiting next = next();
    if (next != null) {
      next.start().complete(null);
    }
  }

  private synchronized @Nullable Waiting next() {
    Waiting next = queue.poll();
    while (next != null && next.abandoned().getAsBoolean()) {
      next = queue.poll();
    }
    if (next == null) {
      running--;
    }
    return next;
  }
}
