package dev.troupe.node.health;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a role's work: how many pieces of work have ended, and which one is under way.
 * Written by the thread that does the work, read by any thread.
 */
public final class WorkProgress {
  private final AtomicLong ended = new AtomicLong();
  private volatile @Nullable String current;

  /**
   * @param piece a description for people, like {@code create_user, request 4711}
   */
  public void began(String piece) {
    current = piece;
  }

  /** The piece that began last has ended, with or without success. */
  public void ended() {
    current = null;
    ended.incrementAndGet();
  }

  /** How many pieces have ended so far. */
  long count() {
    return ended.get();
  }

  /** The piece under way; null if there is none. */
  @Nullable String current() {
    return current;
  }
}
