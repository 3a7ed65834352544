package dev.troupe.node.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that all requests together may hold. Who finds no room waits, the oldest request in
 * front; that one may overdraw, so that requests which each hold a part never wait for each other
 * alone. Thread-safe.
 */
final class InputBudget {
  private final long max;
  private final long waitNanos;
  private final PriorityQueue<Claim> waiting =
      new PriorityQueue<>((a, b) -> Long.compare(a.order, b.order));
  private long used;
  private long orders;
  private @Nullable Claim overdrawn;

  InputBudget(long max, long waitNanos) {
    this.max = max;
    this.waitNanos = waitNanos;
  }

  /** What one request holds. */
  final class Claim {
    private final Runnable granted;
    private final Runnable refused;
    private long order;
    private long held;
    private long wanted;
    private long deadlineNanos;

    private Claim(Runnable granted, Runnable refused) {
      this.granted = granted;
      this.refused = refused;
    }

    /**
     * Takes that much more, or waits for it.
     *
     * @return whether it was there; if not, {@code granted} or {@code refused} runs later, once
     */
    boolean take(long bytes, long nowNanos) {
      return InputBudget.this.take(this, bytes, nowNanos);
    }

    /** Gives all back, and waits no longer. */
    void release() {
      InputBudget.this.release(this);
    }
  }

  /**
   * @param granted runs on any thread, as does {@code refused}
   */
  Claim claim(Runnable granted, Runnable refused) {
    return new Claim(granted, refused);
  }

  /** Refuses those who have waited long enough. */
  void expire(long nowNanos) {
    List<Claim> expired = new ArrayList<>();
    synchronized (this) {
      for (Iterator<Claim> claims = waiting.iterator(); claims.hasNext(); ) {
        Claim claim = claims.next();
        if (nowNanos - claim.deadlineNanos >= 0) {
          claims.remove();
          expired.add(claim);
        }
      }
    }
    expired.forEach(claim -> claim.refused.run());
  }

  synchronized long used() {
    return used;
  }

  private synchronized boolean take(Claim claim, long bytes, long nowNanos) {
    if (claim.held == 0) {
      claim.order = orders++;
    }
    boolean first = waiting.isEmpty() || claim.order < waiting.element().order;
    if (first && mayHave(claim, bytes)) {
      give(claim, bytes);
      return true;
    }
    claim.wanted = bytes;
    claim.deadlineNanos = nowNanos + waitNanos;
    waiting.add(claim);
    return false;
  }

  private void release(Claim claim) {
    List<Claim> served = new ArrayList<>();
    synchronized (this) {
      waiting.remove(claim);
      used -= claim.held;
      claim.held = 0;
      if (overdrawn == claim) {
        overdrawn = null;
      }
      while (!waiting.isEmpty() && mayHave(waiting.element(), waiting.element().wanted)) {
        Claim next = waiting.remove();
        give(next, next.wanted);
        served.add(next);
      }
    }
    served.forEach(next -> next.granted.run());
  }

  private boolean mayHave(Claim claim, long bytes) {
    return used + bytes <= max || overdrawn == null || overdrawn == claim;
  }

  private void give(Claim claim, long bytes) {
    if (used + bytes > max) {
      overdrawn = claim;
    }
    used += bytes;
    claim.held += bytes;
  }
}
