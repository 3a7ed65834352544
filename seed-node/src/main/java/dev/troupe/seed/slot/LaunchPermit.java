package dev.troupe.seed.slot;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The right to start one process; safe for any thread. */
final class LaunchPermit {
  private final LaunchPermits permits;
  private final int place;
  private final long number;
  private final CompletableFuture<Void> granted = new CompletableFuture<>();

  LaunchPermit(LaunchPermits permits, int place, long number) {
    this.permits = permits;
    this.place = place;
    this.number = number;
  }

  /** Completes when the process may be started; never if the permit is released before. */
  CompletionStage<Void> granted() {
    return granted;
  }

  /** Gives it back, granted or not. */
  void release() {
    permits.release(this);
  }

  int place() {
    return place;
  }

  long number() {
    return number;
  }

  void grant() {
    granted.complete(null);
  }
}
