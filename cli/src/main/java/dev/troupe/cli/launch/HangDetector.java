package dev.troupe.cli.launch;

import java.time.Duration;

/**
 * Decides from the answers of a seed node whether it hangs. All times are monotonic, so that a
 * clock that is set does not look like silence.
 */
final class HangDetector {
  private static final int MIN_MISSES = 3;
  private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(10);

  private final Duration startTimeout;
  private final Duration heartbeatTimeout;
  private boolean answered;
  private Duration firstAnswer = Duration.ZERO;
  private Duration silentSince;
  private Duration lastPoll;
  private int misses;

  /**
   * @param startTimeout how long a seed node may take until it answers for the first time
   * @param heartbeatTimeout how long it may be silent from then on
   */
  HangDetector(Duration startTimeout, Duration heartbeatTimeout, Duration now) {
    this.startTimeout = startTimeout;
    this.heartbeatTimeout = heartbeatTimeout;
    this.silentSince = now;
    this.lastPoll = now;
  }

  void onAnswer(Duration now) {
    if (!answered) {
      firstAnswer = now;
    }
    answered = true;
    restart(now);
    lastPoll = now;
  }

  void onMiss(Duration now) {
    // After such a gap the launcher itself was suspended and asked nobody: silence counts from now.
    if (now.minus(lastPoll).compareTo(MAX_POLL_INTERVAL) > 0) {
      restart(now);
    }
    lastPoll = now;
    misses++;
  }

  /** Whether the seed node has been silent for longer than its timeout. */
  boolean isHung() {
    return misses >= MIN_MISSES && silence().compareTo(timeout()) >= 0;
  }

  boolean isSilent() {
    return answered && misses > 0;
  }

  boolean hasAnswered() {
    return answered;
  }

  /** The time since the last answer or, without any, since the start. */
  Duration silence() {
    return lastPoll.minus(silentSince);
  }

  /** The time since the first answer; zero if there was none. */
  Duration answeredFor(Duration now) {
    return answered ? now.minus(firstAnswer) : Duration.ZERO;
  }

  /** Starts counting again, as after the seed node was killed. */
  void restart(Duration now) {
    silentSince = now;
    misses = 0;
  }

  private Duration timeout() {
    return answered ? heartbeatTimeout : startTimeout;
  }
}
