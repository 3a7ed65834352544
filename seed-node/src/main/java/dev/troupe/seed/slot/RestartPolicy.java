package dev.troupe.seed.slot;

import dev.troupe.protocol.settings.RestartSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides what follows an exit nobody ordered. The budget is a sliding window, as in Erlang/OTP
 * supervisors: https://www.erlang.org/doc/system/sup_princ.html#maximum-restart-intensity
 *
 * <p>A process that refuses to start says that another would do the same: it is not tried again.
 *
 * <p>A process that never gets ready may take longer than the window to say so, and would be tried
 * for ever. Its relaunches count until one has been ready.
 */
final class RestartPolicy {
  private static final int MOST_DOUBLINGS = 20;

  private final RestartSettings settings;

  RestartPolicy(RestartSettings settings) {
    this.settings = settings;
  }

  /** What to do. */
  sealed interface Decision {}

  /** Launch again after {@code delay}. */
  record Relaunch(Duration delay, LaunchHistory history) implements Decision {}

  /** The process has done its work, or is not to be launched again. */
  enum Rest implements Decision {
    INSTANCE
  }

  /** Nothing but an order launches it again. */
  record GiveUp(GiveUpReason why) implements Decision {}

  /**
   * @param failed whether it ended as it should not; ending by itself with exit code 0 is success
   * @param readyFor how long the process that ended had been ready, if it ever was
   * @param now by the ticker
   * @param random from 0 to 1, spreads relaunches that would otherwise come at the same moment
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

  private List<Duration> counted(Optional<Duration> readyFor, LaunchHistory history, Duration now) {
    if (readyFor.isEmpty()) {
      return history.relaunches();
    }
    return readyFor.get().compareTo(settings.readyReset()) >= 0
        ? List.of()
        : history.relaunchesWithin(settings.window(), now);
  }

  /** Nothing before the first relaunch in a row, then twice as long each time. */
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
