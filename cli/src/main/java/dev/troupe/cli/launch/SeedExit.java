package dev.troupe.cli.launch;

import dev.troupe.cli.display.ExitText;
import dev.troupe.protocol.launch.NodeExit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a seed node ended.
 *
 * @param exitCode unknown of one that was not our child
 * @param ordered whether it was asked to stop, and did
 * @param answered whether it ever answered at its control API
 * @param answeredFor since when it had been answering
 * @param othersLive whether processes of its cluster live on without it
 */
record SeedExit(
    @Nullable Integer exitCode,
    boolean ordered,
    boolean answered,
    Duration answeredFor,
    boolean othersLive) {
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;

  /** Whether it said that another one would not start either. */
  boolean refused() {
    return exitCode != null && exitCode == NodeExit.START_REFUSED.code();
  }

  /** Whether a signal ended it, and not its own decision. */
  boolean signalled() {
    return exitCode == null || (exitCode > SIGNALLED && exitCode <= SIGNALLED + LAST_SIGNAL);
  }

  String text() {
    return exitCode == null ? "ended" : "ended with " + ExitText.of(exitCode);
  }
}
