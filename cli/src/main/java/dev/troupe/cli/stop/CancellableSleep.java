package dev.troupe.cli.stop;

import java.time.Duration;

/** Waits between two looks at what is awaited. */
@FunctionalInterface
public interface CancellableSleep {
  /**
   * Waits {@code duration} at most.
   *
   * @return true if the user wants no further wait
   */
  boolean sleep(Duration duration) throws InterruptedException;

  /** Always waits {@code duration}. */
  static CancellableSleep uncancellable() {
    return duration -> {
      Thread.sleep(duration.toMillis());
      return false;
    };
  }
}
