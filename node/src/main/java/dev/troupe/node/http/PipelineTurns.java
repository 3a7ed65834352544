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
 * Bounds how many requests are worked on at a time that clients sent before they had the answer to
 * the one before. The others wait, one of each connection at most, in the order in which they came,
 * so that connections take turns. Thread-safe.
 */
final class PipelineTurns {
  private record Waiting(CompletableFuture<Void> turn, BooleanSupplier gone) {}

  private final int max;
  private final Executor executor;
  private final Queue<Waiting> line = new ArrayDeque<>();
  private int working;

  /**
   * @param max worked on at a time
   * @param executor of the work: one whose turn comes does not run on the thread of the one before
   */
  PipelineTurns(int max, Executor executor) {
    this.max = max;
    this.executor = executor;
  }

  /**
   * Works when it is its turn.
   *
   * @param gone whether nobody waits for the result any more: then there is no work, and no result
   */
  <T> CompletionStage<T> inTurn(BooleanSupplier gone, Supplier<CompletionStage<T>> work) {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    synchronized (this) {
      if (working < max) {
        working++;
        turn.complete(null);
      } else {
        line.add(new Waiting(turn, gone));
      }
    }
    return turn.thenComposeAsync(come -> work.get(), executor)
        .whenComplete((result, failure) -> ended());
  }

  private void ended() {
    Waiting next = next();
    if (next != null) {
      next.turn().complete(null);
    }
  }

  private synchronized @Nullable Waiting next() {
    Waiting next = line.poll();
    while (next != null && next.gone().getAsBoolean()) {
      next = line.poll();
    }
    if (next == null) {
      working--;
    }
    return next;
  }
}
