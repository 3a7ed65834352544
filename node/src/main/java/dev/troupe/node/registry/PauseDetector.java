package dev.troupe.node.registry;

import java.time.Duration;

/**
 * Notices that this process itself has been stopped: suspended with its machine, stopped by a
 * signal, or kept from the processor. Whoever was stopped has not heard the others meanwhile, and
 * must not take that for their silence.
 *
 * <p>It compares monotonic times only. Its owner calls {@link #observe} from a timer, at least
 * twice in each {@code tolerance}, and before each judgement; then it judges by {@link
 * #silentNanos} instead of by the plain difference, so that the time begins anew for everybody when
 * the process wakes. {@code RegistryState} does this for {@code InstanceView.silence}: a slot of
 * the supervisor that judges by that value needs nothing more. Not thread-safe.
 */
public final class PauseDetector {
  private final long toleranceNanos;
  private boolean started;
  private long observedNanos;
  private boolean paused;
  private long wokeNanos;

  /**
   * @param tolerance longer than between two observations of a process that runs
   */
  public PauseDetector(Duration tolerance) {
    this.toleranceNanos = tolerance.toNanos();
  }

  /**
   * This process runs.
   *
   * @param nowNanos by {@link System#nanoTime}
   * @return how long it did not run before, zero if it did
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

  /** How long nothing has been heard since {@code sinceNanos}, since the last pause at most. */
  public long silentNanos(long sinceNanos, long nowNanos) {
    long silent = Math.max(0, nowNanos - sinceNanos);
    return paused ? Math.min(silent, Math.max(0, nowNanos - wokeNanos)) : silent;
  }

  /** Whether less than {@code span} has passed since this process woke. */
  public boolean wokeWithin(Duration span, long nowNanos) {
    return paused && nowNanos - wokeNanos < span.toNanos();
  }
}
