package dev.troupe.cli.launch;

import dev.troupe.protocol.control.Signal;
import dev.troupe.protocol.launch.NodeExit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a seed node ended, as far as its launcher could see.
 *
 * @param exitCode null if the seed node was not a child of this launcher
 * @param ordered whether it stopped because it was asked to
 * @param replaced whether a command of an operator ended it to have another one
 * @param answered whether its control API ever answered
 * @param answeredFor time between its first answer and its end
 * @param othersLive whether other processes of its cluster are alive
 */
record ObservedSeedExit(
    @Nullable Integer exitCode,
    boolean ordered,
    boolean replaced,
    boolean answered,
    Duration answeredFor,
    boolean othersLive) {
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;

  /** Whether its exit code says that another seed node would not start either. */
  boolean refused() {
    return exitCode != null && exitCode == NodeExit.START_REFUSED.code();
  }

  /** Whether a signal may have ended it. */
  boolean signalled() {
    return exitCode == null || (exitCode > SIGNALLED && exitCode <= SIGNALLED + LAST_SIGNAL);
  }

  String text() {
    return exitCode == null
        ? "ended"
        : "ended with exit code "
            + exitCode
            + Signal.of(exitCode).map(signal -> ", " + signal).orElse("");
  }
}
