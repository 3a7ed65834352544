package dev.troupe.service.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The time of day, which stores keep since it outlives the process, and when that clock was set: at
 * each look the monotonic clock tells how much time has passed. Thread-safe.
 */
public final class WallClock {
  // A clock that is corrected slowly is not set; nor does a pause between two readings count.
  private static final Duration TOLERANCE = Duration.ofSeconds(1);
  private static final int MOST_REMEMBERED = 32;

  /**
   * @param forward by how much the clock was set; negative when it was set back
   */
  private record Change(long atNanos, Duration forward) {}

  private final InstantSource timeOfDay;
  private final LongSupplier nanos;
  private final Deque<Change> changes = new ArrayDeque<>();
  private Instant lastTime;
  private long lastNanos;
  private long untouchedSince;
  private int timesSet;

  public static WallClock system() {
    return new WallClock(InstantSource.system(), System::nanoTime);
  }

  /**
   * @param nanos the monotonic clock, like {@link System#nanoTime}
   */
  public WallClock(InstantSource timeOfDay, LongSupplier nanos) {
    this.timeOfDay = timeOfDay;
    this.nanos = nanos;
    this.lastTime = timeOfDay.instant();
    this.lastNanos = nanos.getAsLong();
    this.untouchedSince = lastNanos;
  }

  public synchronized Instant now() {
    look();
    return lastTime;
  }

  /** How much time has passed since the clock was last set or, if it never was, since the start. */
  public synchronized Duration untouched() {
    look();
    return Duration.ofNanos(lastNanos - untouchedSince);
  }

  /** How often the clock was set since the start. */
  public synchronized int timesSet() {
    look();
    return timesSet;
  }

  /**
   * The time of day as if the clock had not been set forward while the last {@code window} passed:
   * what was stored in that window is not taken for older than it is.
   */
  public synchronized Instant steady(Duration window) {
    look();
    Duration ahead =
        changes.stream()
            .filter(change -> lastNanos - change.atNanos() < window.toNanos())
            .map(Change::forward)
            .reduce(Duration.ZERO, Duration::plus);
    return ahead.isNegative() ? lastTime : lastTime.minus(ahead);
  }

  private void look() {
    Instant time = timeOfDay.instant();
    long now = nanos.getAsLong();
    Duration forward = Duration.between(lastTime, time).minusNanos(now - lastNanos);
    lastTime = time;
    lastNanos = now;
    if (forward.abs().compareTo(TOLERANCE) > 0) {
      timesSet++;
      untouchedSince = now;
      if (changes.size() == MOST_REMEMBERED) {
        changes.removeFirst();
      }
      changes.addLast(new Change(now, forward));
    }
  }
}
