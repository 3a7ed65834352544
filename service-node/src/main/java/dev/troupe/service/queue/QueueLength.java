package dev.troupe.service.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much work a queue held at one moment.
 *
 * @param waiting entries that are not done, of the first {@link #MOST}
 * @param oldest when the oldest of them came; null if none waits
 * @param dead entries that were given up, of the first {@link #MOST}
 */
public record QueueLength(int waiting, @Nullable Instant oldest, int dead) {
  /** The most entries that are looked at, so that a long queue costs no more than this. */
  public static final int MOST = 10_000;

  /**
   * @param oldest in epoch milliseconds; counts only if something waits
   */
  public static QueueLength of(int waiting, long oldest, int dead) {
    return new QueueLength(waiting, waiting == 0 ? null : Instant.ofEpochMilli(oldest), dead);
  }
}
