package dev.troupe.cli.launch;

import java.time.Duration;

/**
 * Decides whether a seed node hangs, by what came of asking it. Counts monotonic time: a clock that
 * is set back or forward is no silence.
 */
final class SeedWatch {
  private static final int FEWEST_MISSES = 3;
  private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(10);

  private final Duration startTimeout;
  private final Duration heartbeatTimeout;
  private boolean answered;
  private Duration firstAnswer = Duration.ZERO;
  private Duration silentSince;
  private Duration lastLook;
  private int misses;

  /**
   * @param startTimeout how long a seed node may take until it answers for the first time
   * @param heartbeatTimeout how long it may be silent from then on
   * @param now monotonic, like all times given to this class
   */
  SeedWatch(Duration startTimeout, Duration heartbeatTimeout, Duration now) {
    this.startTimeout = startTimeout;
    this.heartbeatTimeout = heartbeatTimeout;
    this.silentSince = now;
    this.lastLook = now;
  }

  void onAnswer(Duration now) {
    if (!answered) {
      firstAnswer = now;
    }
    answered = true;
    restart(now);
    lastLook = now;
  }

  void onMiss(Duration now) {
    // Whoever was suspended itself knows nothing of the time in between.
    if (now.minus(lastLook).compareTo(LONGEST_BETWEEN_LOOKS) > 0) {
      restart(now);
    }
    lastLook = now;
    misses++;
  }

  /** Whether it has been silent for longer than it may. */
  boolean isHung() {
    return misses >= FEWEST_MISSES && silence().compareTo(bound()) >= 0;
  }

  boolean isSilent() {
    return answered && misses > 0;
  }

  boolean hasAnswered() {
    return answered;
  }

  /** Since the last answer, or since the watch began. */
  Duration silence() {
    return lastLook.minus(silentSince);
  }

  /** How long it has been answering; zero if it never has. */
  Duration answeredFor(Duration now) {
    return answered ? now.minus(firstAnswer) : Duration.ZERO;
  }

  /** Begins to count anew, as after it was killed for its silence. */
  void restart(Duration now) {
    silentSince = now;
    misses = 0;
  }

  private Duration bound() {
    return answered ? heartbeatTimeout : startTimeout;
  }
}
