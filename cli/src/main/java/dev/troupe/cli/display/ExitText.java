package dev.troupe.cli.display;

import dev.troupe.protocol.control.Signal;

/** How a process ended, in words. */
public final class ExitText {
  private ExitText() {}

  /** Like {@code exit code 1} or {@code exit code 137, SIGKILL}. */
  public static String of(int exitCode) {
    return "exit code " + exitCode + Signal.of(exitCode).map(signal -> ", " + signal).orElse("");
  }
}
