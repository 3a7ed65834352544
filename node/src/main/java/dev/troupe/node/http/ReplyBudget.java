package dev.troupe.node.http;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of large replies that clients have not read yet. Thread-safe. */
final class ReplyBudget {
  private final long max;
  private final AtomicLong used = new AtomicLong();

  ReplyBudget(long max) {
    this.max = max;
  }

  boolean take(long bytes) {
    if (used.addAndGet(bytes) <= max) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  long max() {
    return max;
  }
}
