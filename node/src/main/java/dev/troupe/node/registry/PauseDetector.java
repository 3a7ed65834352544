package dev.troupe.node.registry;

import java.time.Duration;

/**
 * Detects that this process itself did not run for a while: its machine was suspended, a signal has
 * stopped it, or it got no processor. A process that did not run has received no heartbeats, and
 * must not conclude that the other nodes were silent.
 *
 * <p>The owner calls {@link #observe} from a timer, at least twice in each {@code tolerance}, and
 * before it decides about the silence of a node; it then decides by {@link #silentNanos}, which
 * counts from the end of the last pause. {@code RegistryState} does this for {@code
 * InstanceView.silence}, so readers of that value need no detector. All times are those of a
 * monotonic clock. Not thread-safe.
 */
public final class PauseDetector {
  private final long toleranceNanos;
  private boolean started;
  private long observedNanos;
  private boolean paused;
  private long wokeNanos;

  /**
   * @param tolerance the shortest gap between two observations that counts as a pause
   */
  public PauseDetector(Duration tolerance) {
    this.toleranceNanos = tolerance.toNanos();
  }

  /**
   * Notes that this process runs now.
   *
   * @param nowNanos by {@link System#nanoTime}
   * @return how long this process was paused before this call; zero if it ran
   */
  public Duration observe(long nowNanos) {
    long gap = started ? nowNanos - observedNanos : 0;
    started = true;
    observedNanos = nowNanos;
    if (gap <= toleranceNanos) {
      return Duration.ZERO;
    }
    paused = true;
    wokeNanos = nowNanos;
    return Duration.ofNanos(gap);
  }

  /** The time since {@code sinceNanos} or since the end of the last pause, whichever is shorter. */
  public long silentNanos(long sinceNanos, long nowNanos) {
    long silent = Math.max(0, nowNanos - sinceNanos);
    return paused ? Math.min(silent, Math.max(0, nowNanos - wokeNanos)) : silent;
  }

  /** Whether the last pause ended less than {@code span} ago. */
  public boolean wokeWithin(Duration span, long nowNanos) {
    return paused && nowNanos - wokeNanos < span.toNanos();
  }
}
