package dev.troupe.cli.stop;

import java.time.Duration;

/** Lets time pass while something else is awaited. */
@FunctionalInterface
public interface Pause {
  /** Waits {@code duration}, or less; true if the user does not want to wait any longer at all. */
  boolean elapse(Duration duration) throws InterruptedException;

  /** Nobody can interrupt this one. */
  static Pause sleeping() {
    return duration -> {
      Thread.sleep(duration.toMillis());
      return false;
    };
  }
}
