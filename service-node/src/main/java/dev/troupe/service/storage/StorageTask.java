package dev.troupe.service.storage;

import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.service.RequestScope;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.trace.SpanEnd;
import dev.troupe.protocol.trace.SpanKind;
import dev.troupe.protocol.trace.TraceContext;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work and the stage that waits for it, both of the request that the thread works for
 * which creates the task. Used by one thread at a time.
 */
final class StorageTask<T> {
  private final Storage.Work<T> work;
  private final Predicate<T> undone;
  private final CompletableFuture<T> stage = new CompletableFuture<>();
  private final @Nullable RequestScope request = RequestScope.current();
  private final long sinceNanos = System.nanoTime();
  private @Nullable T result;
  private @Nullable Throwable failure;

  /**
   * @param undone whether what led to this result is rolled back
   */
  StorageTask(Storage.Work<T> work, Predicate<T> undone) {
    this.work = work;
    this.undone = undone;
  }

  CompletionStage<T> stage() {
    return stage;
  }

  /**
   * Does the work; what came of it is told by {@link #complete}.
   *
   * @return whether it succeeded and may be committed
   */
  boolean run(Connection connection) {
    ofTheRequest(() -> work(connection));
    return failure == null && !undone.test(result);
  }

  private void work(Connection connection) {
    try {
      result = work.on(new Sql(connection));
    } catch (Throwable thrown) {
      failure = thrown;
    }
  }

  /** Makes the work a failure, unless it is one by itself. */
  void fail(Throwable reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  /** Why it failed; null if it did not. */
  @Nullable Throwable failure() {
    return failure;
  }

  void complete() {
    ofTheRequest(this::completeStage);
  }

  /**
   * Takes the task down as a span of its request; to be called before {@link #complete}.
   *
   * @param name of the span
   */
  void record(Tracer tracer, String name) {
    if (request != null) {
      tracer.record(
          SpanKind.STORE,
          request.trace(),
          TraceContext.randomId(),
          sinceNanos,
          failure == null ? SpanEnd.OK : SpanEnd.FAILED,
          0,
          name);
    }
  }

  private void ofTheRequest(Runnable step) {
    if (request == null) {
      step.run();
    } else {
      request.run(step);
    }
  }

  private void completeStage() {
    if (failure == null) {
      stage.complete(result);
      return;
    }
    stage.completeExceptionally(failure);
  }
}
