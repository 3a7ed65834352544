package dev.troupe.protocol.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When a caller stops waiting, by the monotonic clock of this process ({@link System#nanoTime}),
 * which does not move when the time of day is set. The clock of another process differs, so a
 * message carries the time that is <em>left</em>.
 *
 * @param atNanos the time on that clock
 */
public record Deadline(long atNanos) {
  private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(36_500);

  /** The deadline of a caller without one of its own: a hundred years from now. */
  public static final Deadline NEVER = afterMillis(LONGEST_MILLIS, System.nanoTime());

  public static Deadline after(Duration wait) {
    return after(wait, System.nanoTime());
  }

  /**
   * @param nowNanos the time on the clock of the deadline
   */
  public static Deadline after(Duration wait, long nowNanos) {
    return new Deadline(nowNanos + wait.toNanos());
  }

  /**
   * The deadline of a caller in another process, who waits for {@code millisLeft} from now on.
   *
   * @param millisLeft as it was received; brought into the range from 0 to a hundred years
   */
  public static Deadline afterMillis(long millisLeft) {
    return afterMillis(millisLeft, System.nanoTime());
  }

  private static Deadline afterMillis(long millisLeft, long nowNanos) {
    long millis = Math.max(0, Math.min(LONGEST_MILLIS, millisLeft));
    return new Deadline(nowNanos + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  public boolean hasPassed() {
    return hasPassed(System.nanoTime());
  }

  public boolean hasPassed(long nowNanos) {
    return nowNanos - atNanos >= 0;
  }

  /** The time that is left; zero when the deadline has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
  }

  /** The value of {@link #left} in milliseconds, which a message to another process carries. */
  public long millisLeft() {
    return left().toMillis();
  }

  public Deadline earlierBy(Duration time) {
    return new Deadline(atNanos - time.toNanos());
  }

  /** The earlier of the two. */
  public Deadline orEarlier(Deadline other) {
    return other.atNanos - atNanos < 0 ? other : this;
  }
}
