package dev.troupe.node.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many bytes all requests of a node together hold for one purpose.
 *
 * <p>{@link #tryAcquire} acquires bytes at once or not at all. A {@link Claim} can wait for bytes;
 * waiting claims are granted in the order in which they asked for their first bytes. Two exceptions
 * from the limit keep claims from waiting forever. A claim that already holds bytes may exceed the
 * limit, but only one claim at a time: otherwise claims that each hold a part could all wait for
 * each other. And a claim for more than the whole limit is granted when no bytes are in use.
 * Thread-safe.
 */
public final class ByteBudget {
  private final long limit;
  private final PriorityQueue<Claim> waiting =
      new PriorityQueue<>(Comparator.comparingLong(claim -> claim.position));
  private long used;
  private long nextPosition;
  private @Nullable Claim overdrawn;

  /**
   * @param limit in bytes, from 1
   */
  public ByteBudget(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
    }
    this.limit = limit;
  }

  /** The bytes that one request holds, and those that it waits for. */
  public final class Claim {
    private final Runnable granted;
    private final Runnable refused;
    private long position;
    private long held;
    private long wanted;
    private long deadlineNanos;

    private Claim(Runnable granted, Runnable refused) {
      this.granted = granted;
      this.refused = refused;
    }

    /**
     * Takes {@code bytes} more, or waits for them. Must not be called while the claim waits.
     *
     * @param wait the longest wait; afterwards {@link #expire} refuses the claim
     * @return true if the claim has the bytes now; false if it waits, and then either {@code
     *     granted} or {@code refused} runs later, once
     */
    public boolean take(long bytes, Duration wait, long nowNanos) {
      return ByteBudget.this.take(this, bytes, nowNanos + wait.toNanos());
    }

    /** Gives back all bytes of this claim, and ends its wait. */
    public void release() {
      ByteBudget.this.release(this);
    }
  }

  /**
   * @param granted runs when a waiting claim gets its bytes, on the thread that gave bytes back or
   *     called {@link #expire}
   * @param refused runs when the wait of a claim has expired, on the thread that called {@link
   *     #expire}
   */
  public Claim claim(Runnable granted, Runnable refused) {
    return new Claim(granted, refused);
  }

  /**
   * Acquires {@code bytes} if they fit and no claim waits. The caller gives them back with {@link
   * #release}.
   */
  public synchronized boolean tryAcquire(long bytes) {
    if (!waiting.isEmpty() || bytes > limit - used) {
      return false;
    }
    used += bytes;
    return true;
  }

  /** Gives back acquired bytes, and grants the waiting claims that fit then. */
  public void release(long bytes) {
    List<Claim> served;
    synchronized (this) {
      if (bytes > used) {
        throw new IllegalStateException(
            "release of " + bytes + " bytes (expected: at most the " + used + " in use)");
      }
      used -= bytes;
      served = grantWaiting();
    }
    served.forEach(claim -> claim.granted.run());
  }

  /** Refuses the claims whose longest wait is over, and grants the waiting claims that fit then. */
  public void expire(long nowNanos) {
    List<Claim> expired = new ArrayList<>();
    List<Claim> served;
    synchronized (this) {
      for (Iterator<Claim> claims = waiting.iterator(); claims.hasNext(); ) {
        Claim claim = claims.next();
        if (nowNanos - claim.deadlineNanos >= 0) {
          claims.remove();
          expired.add(claim);
        }
      }
      served = expired.isEmpty() ? List.of() : grantWaiting();
    }
    expired.forEach(claim -> claim.refused.run());
    served.forEach(claim -> claim.granted.run());
  }

  /** Whether a claim waits. */
  public synchronized boolean isAnyoneWaiting() {
    return !waiting.isEmpty();
  }

  /** In bytes. */
  public long limit() {
    return limit;
  }

  /** In bytes, now. */
  public synchronized long used() {
    return used;
  }

  private synchronized boolean take(Claim claim, long bytes, long deadlineNanos) {
    if (claim.held == 0) {
      claim.position = nextPosition++;
    }
    boolean first = waiting.isEmpty() || claim.position < waiting.element().position;
    if (first && canGrant(claim, bytes)) {
      grant(claim, bytes);
      return true;
    }
    claim.wanted = bytes;
    claim.deadlineNanos = deadlineNanos;
    waiting.add(claim);
    return false;
  }

  private void release(Claim claim) {
    List<Claim> served;
    synchronized (this) {
      waiting.remove(claim);
      used -= claim.held;
      claim.held = 0;
      if (overdrawn == claim) {
        overdrawn = null;
      }
      served = grantWaiting();
    }
    served.forEach(next -> next.granted.run());
  }

  private List<Claim> grantWaiting() {
    List<Claim> served = new ArrayList<>();
    // Only the first claim is considered, so that many small claims cannot keep out a large one.
    while (!waiting.isEmpty() && canGrant(waiting.element(), waiting.element().wanted)) {
      Claim next = waiting.remove();
      grant(next, next.wanted);
      served.add(next);
    }
    return served;
  }

  private boolean canGrant(Claim claim, long bytes) {
    return bytes <= limit - used
        || used == 0
        || (claim.held > 0 && (overdrawn == null || overdrawn == claim));
  }

  private void grant(Claim claim, long bytes) {
    used += bytes;
    claim.held += bytes;
    if (used > limit && claim.held > bytes) {
      overdrawn = claim;
    }
  }
}
