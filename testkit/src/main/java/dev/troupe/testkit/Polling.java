package dev.troupe.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Polling {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Polling() {}

  /**
   * @param what for the message: "waited for …"
   * @throws AssertionError when {@code condition} does not become true within {@code patience}
   */
  static void until(String what, Duration patience, BooleanSupplier condition) {
    until(what, patience, PAUSE, condition);
  }

  /** The same with a {@code pause} between two looks. */
  static void until(String what, Duration patience, Duration pause, BooleanSupplier condition) {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > patience.toNanos()) {
        throw new AssertionError(
            "waited in vain for %s, %d s".formatted(what, patience.toSeconds()));
      }
      LockSupport.parkNanos(pause.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted while waiting for " + what);
      }
    }
  }
}
