package dev.troupe.seed.slot;

import dev.troupe.protocol.settings.RestartSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what follows an exit nobody ordered. The budget is a sliding window, as in Erlang/OTP
 * supervisors: https://www.erlang.org/doc/system/sup_princ.html#maximum-restart-intensity
 *
 * <p>A process that never gets ready may take longer than the window to say so, and would be tried
 * for ever. Its relaunches count until one has been ready.
 */
final class RestartPolicy {
  private final RestartSettings settings;

  RestartPolicy(RestartSettings settings) {
    this.settings = settings;
  }

  /** What to do. */
  sealed interface Decision {}

  /** Launch again after {@code delay}. */
  record Relaunch(Duration delay, History history) implements Decision {}

  /** The process has done its work, or is not to be launched again. */
  record Rest() implements Decision {}

  /** The budget is spent. */
  record GiveUp(String why) implements Decision {}

  /**
   * @param failed whether it ended as it should not; ending by itself with exit code 0 is success
   * @param readyFor how long the process that ended had been ready, if it ever was
   * @param random from 0 to 1
   */
  Decision next(
      boolean failed, Optional<Duration> readyFor, History history, Instant now, double random) {
    boolean relaunch =
        switch (settings.policy()) {
          case ALWAYS -> true;
          case ON_FAILURE -> failed;
          case NEVER -> false;
        };
    if (!relaunch) {
      return new Rest();
    }
    History counted = counted(readyFor, history, now);
    if (counted.size() >= settings.maxRestarts()) {
      return new GiveUp(
          "gave up after %d relaunches %s".formatted(counted.size(), span(counted, now)));
    }
    return new Relaunch(Backoff.before(counted.size(), settings, random), counted.plus(now));
  }

  private History counted(Optional<Duration> readyFor, History history, Instant now) {
    if (readyFor.isEmpty()) {
      return history;
    }
    return readyFor.get().compareTo(settings.readyReset()) >= 0
        ? History.NONE
        : history.within(settings.window(), now);
  }

  private String span(History counted, Instant now) {
    return counted.within(settings.window(), now).size() == counted.size()
        ? "in %d s".formatted(settings.window().toSeconds())
        : "without getting ready";
  }
}
