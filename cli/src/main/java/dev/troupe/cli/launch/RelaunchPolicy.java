package dev.troupe.cli.launch;

import dev.troupe.protocol.settings.RestartSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Decides what follows the end of a seed node, from the settings under {@code troupe.restart}. All
 * times are monotonic.
 */
final class RelaunchPolicy {
  private final RestartSettings settings;
  private final DoubleSupplier random;

  /**
   * @param random from 0 to 1, for the jitter
   */
  RelaunchPolicy(RestartSettings settings, DoubleSupplier random) {
    this.settings = settings;
    this.random = random;
  }

  sealed interface Decision {}

  /** The seed node stopped in order, and the whole cluster with it. */
  enum End implements Decision {
    INSTANCE
  }

  /** The seed node cannot start, and another one could not either. */
  enum StartFailed implements Decision {
    INSTANCE
  }

  /**
   * Another one follows.
   *
   * @param attempt which relaunch of the budget it is, from 1; 0 if it does not count
   */
  record Relaunch(Duration after, int attempt) implements Decision {
    static final Relaunch BY_ORDER = new Relaunch(Duration.ZERO, 0);

    boolean counts() {
      return attempt > 0;
    }
  }

  /** The budget is spent, or the settings allow no relaunch. */
  enum GiveUp implements Decision {
    INSTANCE
  }

  /**
   * @param relaunches times of the relaunches so far
   */
  Decision next(ObservedSeedExit exit, List<Duration> relaunches, Duration now) {
    if (exit.ordered()) {
      return End.INSTANCE;
    }
    if (exit.replaced()) {
      return Relaunch.BY_ORDER;
    }
    if (exit.refused()) {
      return StartFailed.INSTANCE;
    }
    if (!exit.answered() && !exit.signalled() && relaunches.isEmpty() && !exit.othersLive()) {
      return StartFailed.INSTANCE;
    }
    if (settings.policy() == RestartSettings.Policy.NEVER) {
      return GiveUp.INSTANCE;
    }
    int recent = recent(exit, relaunches, now);
    if (recent >= settings.maxRestarts()) {
      return GiveUp.INSTANCE;
    }
    return new Relaunch(recent == 0 ? Duration.ZERO : backoff(recent), recent + 1);
  }

  /** The budget as text, like {@code 3 in 60 s}. */
  String budget() {
    return settings.maxRestarts() + " in " + settings.window().toSeconds() + " s";
  }

  private int recent(ObservedSeedExit exit, List<Duration> relaunches, Duration now) {
    if (exit.answeredFor().compareTo(settings.readyReset()) >= 0) {
      return 0;
    }
    Duration begin = now.minus(settings.window());
    return (int) relaunches.stream().filter(past -> past.compareTo(begin) > 0).count();
  }

  private Duration backoff(int recent) {
    double longest = settings.maxBackoff().toMillis();
    double wait = settings.initialBackoff().toMillis() * Math.pow(2, Math.min(recent - 1, 30));
    double spread = 1 + settings.jitter() * (2 * random.getAsDouble() - 1);
    return Duration.ofMillis(Math.round(Math.min(wait * spread, longest)));
  }
}
