package dev.troupe.cli.logs;

import java.io.PrintWriter;
import java.time.Duration;

/** Flushes a buffered output from time to time, and notices that nobody reads it any more. */
final class OutputCheck {
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintWriter out;
  private long lastNanos = System.nanoTime();

  OutputCheck(PrintWriter out) {
    this.out = out;
  }

  /** The same as {@link #isRead}, but looks only ten times a second. */
  boolean mayGoOn() {
    long now = System.nanoTime();
    if (now - lastNanos < PAUSE_NANOS) {
      return true;
    }
    lastNanos = now;
    return isRead();
  }

  /** Flushes the output; false if its reader has gone, like {@code head} after its lines. */
  boolean isRead() {
    // A writer of picocli does not tell of errors of the stream that it writes to.
    return !out.checkError() && !System.out.checkError();
  }
}
