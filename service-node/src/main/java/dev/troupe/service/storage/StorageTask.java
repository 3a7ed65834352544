package dev.troupe.service.storage;

import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One piece of work and the stage that waits for it. Used by one thread at a time. */
final class StorageTask<T> {
  private final Storage.Work<T> work;
  private final CompletableFuture<T> stage = new CompletableFuture<>();
  private @Nullable T result;
  private @Nullable Throwable failure;

  StorageTask(Storage.Work<T> work) {
    this.work = work;
  }

  CompletionStage<T> stage() {
    return stage;
  }

  /**
   * Does the work; what came of it is told by {@link #complete}.
   *
   * @return whether it succeeded
   */
  boolean run(Connection connection) {
    try {
      result = work.on(new Sql(connection));
      return true;
    } catch (Throwable thrown) {
      failure = thrown;
      return false;
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
    if (failure == null) {
      stage.complete(result);
      return;
    }
    stage.completeExceptionally(failure);
  }
}
