package dev.troupe.service.storage;

import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.service.StorageUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Work that waits for a thread of the store: bounded, and all of it answered when closed. */
final class TaskQueue {
  private final String name;
  private final int maxQueued;
  private final BlockingQueue<StorageTask<?>> waiting;
  private volatile boolean closed;

  /**
   * @param name for messages, like {@code UserService writes}
   */
  TaskQueue(String name, int maxQueued) {
    this.name = name;
    this.maxQueued = maxQueued;
    this.waiting = new ArrayBlockingQueue<>(maxQueued);
  }

  /**
   * @param undone whether what led to this result is rolled back
   */
  <T> CompletionStage<T> submit(Storage.Work<T> work, Predicate<T> undone) {
    StorageTask<T> task = new StorageTask<>(work, undone);
    if (closed) {
      refuse(task, "the store is closed");
    } else if (!waiting.offer(task)) {
      refuse(task, maxQueued + " are waiting already (storage.max-queued); try again later");
    } else if (closed && waiting.remove(task)) {
      // Closed in between: the threads may have gone without seeing it.
      refuse(task, "the store is closed");
    }
    return task.stage();
  }

  /**
   * Waits for work.
   *
   * @return up to {@code max} tasks; none when the queue is closed and empty
   */
  List<StorageTask<?>> take(int max) {
    List<StorageTask<?>> batch = new ArrayList<>();
    waiting.drainTo(batch, max);
    while (batch.isEmpty() && !closed) {
      try {
        batch.add(waiting.take());
      } catch (InterruptedException e) {
        // Only close() interrupts; what still waits is taken below.
      }
      waiting.drainTo(batch, max - batch.size());
    }
    return batch;
  }

  /** How many tasks wait for a thread. */
  int size() {
    return waiting.size();
  }

  /** Refuses what is new. Whoever waits in {@link #take} must be interrupted after this. */
  void close() {
    closed = true;
  }

  private void refuse(StorageTask<?> task, String why) {
    task.fail(new StorageUnavailableException(name + ": " + why));
    task.complete();
  }
}
