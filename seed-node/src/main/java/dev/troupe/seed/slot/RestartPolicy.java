package dev.troupe.seed.slot;

import dev.troupe.protocol.settings.RestartSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides what follows an exit that nobody ordered. The budget is a sliding window, as in
 * Erlang/OTP supervisors:
 * https://www.erlang.org/doc/system/sup_princ.html#maximum-restart-intensity
 *
 * <p>A process that refuses to start is not relaunched, since a later one would refuse too.
 *
 * <p>As long as no process of the slot has been ready, relaunches count whatever their age.
 * Otherwise a process that takes longer than the window to fail would be relaunched forever.
 */
final class RestartPolicy {
  private static final int MOST_DOUBLINGS = 20;

  private final RestartSettings settings;

  RestartPolicy(RestartSettings settings) {
    this.settings = settings;
  }

  /** What follows the exit. */
  sealed interface Decision {}

  /** Launch again after {@code delay}. */
  record Relaunch(Duration delay, LaunchHistory history) implements Decision {}

  /** The restart policy of the settings asks for no relaunch. */
  enum Rest implements Decision {
    INSTANCE
  }

  /** The slot is launched again only when an operator orders it. */
  record GiveUp(GiveUpReason why) implements Decision {}

  /**
   * @param failed whether the process failed; only exit code 0 is no failure
   * @param readyFor how long the process that ended had been ready, if it ever was
   * @param now by the ticker
   * @param random from 0 to 1; varies the delay, so that slots do not relaunch at the same moment
   */
  Decision next(
      boolean failed,
      Optional<Duration> readyFor,
      LaunchHistory history,
      Duration now,
      double random) {
    boolean relaunch =
        switch (settings.policy()) {
          case ALWAYS -> true;
          case ON_FAILURE -> failed;
          case NEVER -> false;
        };
    if (!relaunch) {
      return Rest.INSTANCE;
    }
    if (history.isRefusal()) {
      return new GiveUp(GiveUpReason.Refused.INSTANCE);
    }
    List<Duration> counted = counted(readyFor, history, now);
    if (counted.size() >= settings.maxRestarts()) {
      boolean withinWindow =
          history.relaunchesWithin(settings.window(), now).size() == counted.size();
      return new GiveUp(
          new GiveUpReason.BudgetSpent(
              counted.size(), withinWindow ? Optional.of(settings.window()) : Optional.empty()));
    }
    return new Relaunch(
        backoff(counted.size(), random), history.withRelaunches(counted).relaunchedAt(now));
  }

  // The times of the relaunches that count against the budget.
  private List<Duration> counted(Optional<Duration> readyFor, LaunchHistory history, Duration now) {
    if (readyFor.isEmpty()) {
      return history.relaunches();
    }
    return readyFor.get().compareTo(settings.readyReset()) >= 0
        ? List.of()
        : history.relaunchesWithin(settings.window(), now);
  }

  /** Zero for the first relaunch in a row; then the initial backoff, doubled by each relaunch. */
  private Duration backoff(int earlier, double random) {
    if (earlier == 0) {
      return Duration.ZERO;
    }
    Duration doubled =
        settings.initialBackoff().multipliedBy(1L << Math.min(earlier - 1, MOST_DOUBLINGS));
    double spread = 1 + settings.jitter() * (2 * random - 1);
    Duration wait =
        Duration.ofMillis(Math.round(shorter(doubled, settings.maxBackoff()).toMillis() * spread));
    return shorter(wait, settings.maxBackoff());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
