package dev.troupe.protocol.control;

import java.util.Map;
import java.util.Optional;

/** The signals that exit codes tell of. */
public final class Signal {
  public static final String KILL = "SIGKILL";

  private static final int SIGNALLED = 128;
  private static final Map<Integer, String> NAMES =
      Map.of(
          1, "SIGHUP",
          2, "SIGINT",
          3, "SIGQUIT",
          4, "SIGILL",
          6, "SIGABRT",
          7, "SIGBUS",
          9, KILL,
          11, "SIGSEGV",
          15, "SIGTERM");

  private Signal() {}

  /** The name of the signal, like {@code SIGKILL} of 137. */
  public static Optional<String> of(int exitCode) {
    return Optional.ofNullable(NAMES.get(exitCode - SIGNALLED));
  }
}
