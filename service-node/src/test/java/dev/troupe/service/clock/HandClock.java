package dev.troupe.service.clock;

import java.time.Duration;
import java.time.Instant;

/** A clock in the hands of a test. Thread-safe. */
public final class HandClock {
  private Instant time = Instant.parse("2026-01-31T12:00:00Z");
  private long nanos = Long.MAX_VALUE - 5;

  /** As a process that starts now sees it. */
  public WallClock wall() {
    return new WallClock(this::time, this::nanos);
  }

  private synchronized Instant time() {
    return time;
  }

  private synchronized long nanos() {
    return nanos;
  }

  /** Lets time pass. */
  public synchronized void pass(Duration duration) {
    time = time.plus(duration);
    nanos += duration.toNanos();
  }

  /** Sets the clock, at once. */
  public synchronized void setForward(Duration duration) {
    time = time.plus(duration);
  }

  public void setBack(Duration duration) {
    setForward(duration.negated());
  }
}
