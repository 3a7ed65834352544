package dev.troupe.protocol.process;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Has a JVM write its threads to its own standard output, which is its slot's {@code .out} file.
 *
 * <p>SIGQUIT needs no tool, no attaching and no answer.
 */
public final class ThreadDump {
  private static final long SECONDS_TO_SIGNAL = 2;
  private static final long MILLIS_TO_WRITE = 500;

  private ThreadDump() {}

  /**
   * Asks the JVM for a dump, then blocks for a moment so that the JVM can write it.
   *
   * @return why no dump was asked for; empty if the JVM was asked
   */
  public static Optional<String> of(long pid) {
    if (ProcessLiveness.isStopped(pid)) {
      return Optional.of("no thread dump: a signal has stopped it");
    }
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
      return Optional.empty();
    } catch (IOException e) {
      // A dump that fails must not prevent the relaunch.
      return Optional.of("no thread dump: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("no thread dump: interrupted");
    }
  }
}
