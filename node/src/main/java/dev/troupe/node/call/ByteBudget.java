package dev.troupe.node.call;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Bounds how many bytes are held at a time for one purpose, by all requests of a node together.
 *
 * <p>Who does not fit may wait in line. A request that is larger than the whole budget never fits:
 * its size has to be bounded before. Thread-safe; stages are completed outside of the lock, on the
 * thread that releases bytes or whose time has come.
 */
public final class ByteBudget {
  private record Waiting(long bytes, CompletableFuture<Boolean> promise) {}

  /** Runs something once after a while, like {@code Scheduler.scheduleOnce} of an actor system. */
  @FunctionalInterface
  public interface Timer {
    void after(Duration delay, Runnable task);
  }

  private final long limit;
  private final ArrayDeque<Waiting> line = new ArrayDeque<>();
  private long used;
  private long refused;

  /**
   * @param limit in bytes, from 1
   */
  public ByteBudget(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
    }
    this.limit = limit;
  }

  /**
   * Takes {@code bytes} if they fit and nobody waits for his own; to be given back with {@link
   * #release}.
   */
  public synchronized boolean tryAcquire(long bytes) {
    if (!line.isEmpty() || bytes > limit - used) {
      refused++;
      return false;
    }
    used += bytes;
    return true;
  }

  /**
   * Takes {@code bytes} as soon as they fit, in the order of the callers.
   *
   * @param wait how long to wait for them
   * @return whether they were taken; false after {@code wait}
   */
  public CompletionStage<Boolean> acquire(long bytes, Duration wait, Timer timer) {
    Waiting waiting;
    synchronized (this) {
      if (line.isEmpty() && bytes <= limit - used) {
        used += bytes;
        return CompletableFuture.completedStage(true);
      }
      if (bytes > limit || wait.isZero()) {
        refused++;
        return CompletableFuture.completedStage(false);
      }
      waiting = new Waiting(bytes, new CompletableFuture<>());
      line.add(waiting);
    }
    timer.after(wait, () -> expire(waiting));
    return waiting.promise();
  }

  /** Gives back what was taken; those who wait for it go on. */
  public void release(long bytes) {
    List<Waiting> served;
    synchronized (this) {
      if (bytes > used) {
        throw new IllegalStateException(
            "release of " + bytes + " bytes (expected: at most the " + used + " in use)");
      }
      used -= bytes;
      served = serveLine();
    }
    served.forEach(waiting -> waiting.promise().complete(true));
  }

  /** In bytes. */
  public long limit() {
    return limit;
  }

  /** In bytes, now. */
  public synchronized long used() {
    return used;
  }

  /** How often bytes were refused, ever. */
  public synchronized long refused() {
    return refused;
  }

  private void expire(Waiting waiting) {
    List<Waiting> served;
    synchronized (this) {
      if (!line.remove(waiting)) {
        return;
      }
      refused++;
      served = serveLine();
    }
    waiting.promise().complete(false);
    served.forEach(next -> next.promise().complete(true));
  }

  private List<Waiting> serveLine() {
    List<Waiting> served = new ArrayList<>();
    for (Iterator<Waiting> all = line.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      // Whoever is first in line stays first: many small ones must not keep out a large one.
      if (next.bytes() > limit - used) {
        break;
      }
      used += next.bytes();
      all.remove();
      served.add(next);
    }
    return served;
  }
}
