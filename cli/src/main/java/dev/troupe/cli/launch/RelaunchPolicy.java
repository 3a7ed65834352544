package dev.troupe.cli.launch;

import dev.troupe.protocol.settings.RestartSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Decides what follows the end of a seed node, by the {@code troupe.restart} settings that hold for
 * all slots. Counts monotonic time.
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

  /** It was stopped in order, and everything with it. */
  enum End implements Decision {
    INSTANCE
  }

  /** It cannot start: what is wrong would be wrong again. */
  enum StartFailed implements Decision {
    INSTANCE
  }

  record Relaunch(Duration after, int attempt) implements Decision {}

  /** The budget is spent, or the settings want no relaunch. */
  enum GiveUp implements Decision {
    INSTANCE
  }

  /**
   * @param relaunches when it was relaunched before
   */
  Decision next(SeedExit exit, List<Duration> relaunches, Duration now) {
    if (exit.ordered()) {
      return End.INSTANCE;
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

  /** The budget in words, like {@code 3 in 60 s}. */
  String budget() {
    return settings.maxRestarts() + " in " + settings.window().toSeconds() + " s";
  }

  private int recent(SeedExit exit, List<Duration> relaunches, Duration now) {
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
