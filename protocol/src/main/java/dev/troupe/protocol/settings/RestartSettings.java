package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * When and how fast a process that ended is launched again.
 *
 * @param maxRestarts relaunches in {@code window} before the slot is given up, 0 to 1000
 * @param readyReset a process that was ready this long starts afresh: no backoff, full budget
 * @param initialBackoff wait before the second relaunch in a row; the first is immediate
 * @param maxBackoff the longest wait
 * @param jitter by how much a wait varies, as a share of it, 0 to 1
 */
public record RestartSettings(
    Policy policy,
    int maxRestarts,
    Duration window,
    Duration readyReset,
    Duration initialBackoff,
    Duration maxBackoff,
    double jitter) {

  /** Which exits are followed by a relaunch. */
  public enum Policy {
    ALWAYS,
    /** Not after exit code 0, nor after the 143 of an ordered stop. */
    ON_FAILURE,
    NEVER
  }

  /**
   * How many relaunches the budget still allows.
   *
   * @param restarts that count against it now
   */
  public int left(int restarts) {
    return Math.max(0, maxRestarts - restarts);
  }

  static RestartSettings read(Section section) {
    return Section.finish(
        section,
        s -> {
          RestartSettings restart =
              new RestartSettings(
                  s.choice("policy", Policy.class),
                  s.integer("max-restarts", 0, 1000),
                  s.duration("window", Limits.SECOND, Limits.DAY),
                  s.duration("ready-reset", Limits.SECOND, Limits.DAY),
                  s.duration("initial-backoff", Limits.MILLISECOND, Limits.HOUR),
                  s.duration("max-backoff", Limits.MILLISECOND, Limits.HOUR),
                  s.number("jitter", 0, 1));
          s.require(
              "max-backoff",
              restart.maxBackoff().compareTo(restart.initialBackoff()) >= 0,
              "at least initial-backoff, which is " + Units.text(restart.initialBackoff()));
          return restart;
        });
  }
}
