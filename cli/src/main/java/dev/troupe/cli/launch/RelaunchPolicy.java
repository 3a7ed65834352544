package dev.troupe.cli.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides what follows the end of a seed node. */
final class RelaunchPolicy {
  static final int LIMIT = 5;
  static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

  private RelaunchPolicy() {}

  sealed interface Decision {}

  /** It was stopped in order, and everything with it. */
  enum End implements Decision {
    INSTANCE
  }

  /** It cannot start: what is wrong would be wrong again. */
  enum StartFailed implements Decision {
    INSTANCE
  }

  record Relaunch(Duration after, int attempt) implements Decision {}

  /** The budget is spent. */
  enum GiveUp implements Decision {
    INSTANCE
  }

  /**
   * @param relaunches when it was relaunched before
   */
  static Decision next(SeedExit exit, List<Instant> relaunches, Instant now) {
    if (exit.ordered()) {
      return End.INSTANCE;
    }
    if (!exit.answered() && !exit.signalled() && relaunches.isEmpty() && !exit.othersLive()) {
      return StartFailed.INSTANCE;
    }
    int recent = (int) relaunches.stream().filter(past -> past.isAfter(now.minus(WINDOW))).count();
    if (recent >= LIMIT) {
      return GiveUp.INSTANCE;
    }
    Duration after = recent == 0 ? Duration.ZERO : FIRST_BACKOFF.multipliedBy(1L << (recent - 1));
    return new Relaunch(after, recent + 1);
  }
}
