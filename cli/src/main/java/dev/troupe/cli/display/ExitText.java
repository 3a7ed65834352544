package dev.troupe.cli.display;

import java.util.Map;

/** How a process ended, in words. */
public final class ExitText {
  private static final int SIGNALLED = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP",
          2, "SIGINT",
          3, "SIGQUIT",
          4, "SIGILL",
          6, "SIGABRT",
          7, "SIGBUS",
          9, "SIGKILL",
          11, "SIGSEGV",
          15, "SIGTERM");

  private ExitText() {}

  /** Like {@code exit code 1} or {@code exit code 137, SIGKILL}. */
  public static String of(int exitCode) {
    String signal = SIGNALS.get(exitCode - SIGNALLED);
    return signal == null ? "exit code " + exitCode : "exit code " + exitCode + ", " + signal;
  }
}
