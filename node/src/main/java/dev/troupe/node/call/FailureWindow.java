package dev.troupe.node.call;

import java.time.Duration;
import java.util.Arrays;

/** Counts the calls and failures of a sliding window of time, in ten slices. Not thread-safe. */
final class FailureWindow {
  private static final int SLICES = 10;

  private final long sliceNanos;
  private final int[] callsOf = new int[SLICES];
  private final int[] failuresOf = new int[SLICES];
  private long newest;
  private int calls;
  private int failures;

  FailureWindow(Duration length, long nowNanos) {
    this.sliceNanos = Math.max(1, length.toNanos() / SLICES);
    this.newest = slice(nowNanos);
  }

  void add(boolean failed, long nowNanos) {
    moveTo(nowNanos);
    int index = Math.floorMod(newest, SLICES);
    callsOf[index]++;
    calls++;
    if (failed) {
      failuresOf[index]++;
      failures++;
    }
  }

  /** Drops the slices that are older than the window now. */
  void moveTo(long nowNanos) {
    long now = slice(nowNanos);
    long passed = Math.min(now - newest, SLICES);
    for (long next = 1; next <= passed; next++) {
      int index = Math.floorMod(newest + next, SLICES);
      calls -= callsOf[index];
      failures -= failuresOf[index];
      callsOf[index] = 0;
      failuresOf[index] = 0;
    }
    newest = Math.max(now, newest);
  }

  void clear() {
    Arrays.fill(callsOf, 0);
    Arrays.fill(failuresOf, 0);
    calls = 0;
    failures = 0;
  }

  int calls() {
    return calls;
  }

  int failures() {
    return failures;
  }

  private long slice(long nanos) {
    return Math.floorDiv(nanos, sliceNanos);
  }
}
