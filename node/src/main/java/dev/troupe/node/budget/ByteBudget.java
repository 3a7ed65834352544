package dev.troupe.node.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many bytes are held at a time for one purpose, by all requests of a node together.
 *
 * <p>What fits is had at once, with {@link #tryAcquire} or a {@link Claim}. A claim that does not
 * fit waits, the one that began first in front. One that holds a part already may overdraw, one at
 * a time, so that requests which each hold a part never wait for each other alone; and what is
 * larger than the whole budget is had when nobody else holds anything. Thread-safe.
 */
public final class ByteBudget {
  private final long limit;
  private final PriorityQueue<Claim> line =
      new PriorityQueue<>(Comparator.comparingLong(claim -> claim.order));
  private long used;
  private long orders;
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

  /** What one request holds, and waits for. */
  public final class Claim {
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
     * Takes that much more, or waits for it. Not to be called while it waits.
     *
     * @param wait how long, until {@link #expire} refuses it
     * @return whether it was there; if not, {@code granted} or {@code refused} runs later, once
     */
    public boolean take(long bytes, Duration wait, long nowNanos) {
      return ByteBudget.this.take(this, bytes, nowNanos + wait.toNanos());
    }

    /** Gives all back, and waits no longer. */
    public void release() {
      ByteBudget.this.release(this);
    }
  }

  /**
   * @param granted runs on any thread, as does {@code refused}: on the one that gives bytes back,
   *     or calls {@link #expire}
   */
  public Claim claim(Runnable granted, Runnable refused) {
    return new Claim(granted, refused);
  }

  /**
   * Takes {@code bytes} if they fit and nobody waits for his own; to be given back with {@link
   * #release}.
   */
  public synchronized boolean tryAcquire(long bytes) {
    if (!line.isEmpty() || bytes > limit - used) {
      return false;
    }
    used += bytes;
    return true;
  }

  /** Gives back what was acquired; those who wait for it go on. */
  public void release(long bytes) {
    List<Claim> served;
    synchronized (this) {
      if (bytes > used) {
        throw new IllegalStateException(
            "release of " + bytes + " bytes (expected: at most the " + used + " in use)");
      }
      used -= bytes;
      served = serveLine();
    }
    served.forEach(claim -> claim.granted.run());
  }

  /** Refuses the claims that have waited long enough; those behind them go on. */
  public void expire(long nowNanos) {
    List<Claim> expired = new ArrayList<>();
    List<Claim> served;
    synchronized (this) {
      for (Iterator<Claim> claims = line.iterator(); claims.hasNext(); ) {
        Claim claim = claims.next();
        if (nowNanos - claim.deadlineNanos >= 0) {
          claims.remove();
          expired.add(claim);
        }
      }
      served = expired.isEmpty() ? List.of() : serveLine();
    }
    expired.forEach(claim -> claim.refused.run());
    served.forEach(claim -> claim.granted.run());
  }

  /** Whether a claim waits. */
  public synchronized boolean isAnyoneWaiting() {
    return !line.isEmpty();
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
      claim.order = orders++;
    }
    boolean first = line.isEmpty() || claim.order < line.element().order;
    if (first && mayHave(claim, bytes)) {
      give(claim, bytes);
      return true;
    }
    claim.wanted = bytes;
    claim.deadlineNanos = deadlineNanos;
    line.add(claim);
    return false;
  }

  private void release(Claim claim) {
    List<Claim> served;
    synchronized (this) {
      line.remove(claim);
      used -= claim.held;
      claim.held = 0;
      if (overdrawn == claim) {
        overdrawn = null;
      }
      served = serveLine();
    }
    served.forEach(next -> next.granted.run());
  }

  private List<Claim> serveLine() {
    List<Claim> served = new ArrayList<>();
    // Whoever is first in line stays first: many small ones must not keep out a large one.
    while (!line.isEmpty() && mayHave(line.element(), line.element().wanted)) {
      Claim next = line.remove();
      give(next, next.wanted);
      served.add(next);
    }
    return served;
  }

  private boolean mayHave(Claim claim, long bytes) {
    return bytes <= limit - used
        || used == 0
        || (claim.held > 0 && (overdrawn == null || overdrawn == claim));
  }

  private void give(Claim claim, long bytes) {
    used += bytes;
    claim.held += bytes;
    if (used > limit && claim.held > bytes) {
      overdrawn = claim;
    }
  }
}
