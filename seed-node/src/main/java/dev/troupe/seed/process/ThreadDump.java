package dev.troupe.seed.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Has a JVM write its threads to its own standard output, which is its slot's {@code .out} file.
 *
 * <p>SIGQUIT needs no tool, no attaching and no answer; a stopped process (SIGSTOP) writes nothing.
 */
final class ThreadDump {
  private static final long SECONDS_TO_SIGNAL = 2;
  private static final long MILLIS_TO_WRITE = 500;

  private ThreadDump() {}

  static void of(long pid) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-QUIT", Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(SECONDS_TO_SIGNAL, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
      }
      TimeUnit.MILLISECONDS.sleep(MILLIS_TO_WRITE);
    } catch (IOException notToBeHad) {
      // Where there is no `kill` there is no dump; the relaunch matters more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
