package dev.troupe.cli.stop;

import java.io.PrintWriter;
import java.time.Duration;

/** Shows that something is going on: a dot each half second. */
final class Dots implements Pause {
  private static final long EVERY = Duration.ofMillis(500).toNanos();

  private final PrintWriter out;
  private long last = System.nanoTime();

  Dots(PrintWriter out) {
    this.out = out;
  }

  @Override
  public boolean elapse(Duration duration) throws InterruptedException {
    if (System.nanoTime() - last >= EVERY) {
      last = System.nanoTime();
      out.print('.');
      out.flush();
    }
    return Pause.sleeping().elapse(duration);
  }
}
