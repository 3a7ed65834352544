package dev.troupe.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The result of one run of a recovery case.
 *
 * @param strike the disturbance during the run
 * @param stored how often each name is in the store afterwards
 */
record RecoveryRun(List<Sample> samples, Disruption strike, Map<String, Integer> stored) {
  /**
   * When the processes of the cluster were disturbed, in milliseconds since the load began.
   *
   * @param over when the killed process was gone, or the command had ended
   */
  record Disruption(long begun, long over) {}

  // The time in which a gateway learns of a death. Requests that it sends to the dead process until
  // then are lost.
  private static final long NEWS_MILLIS = 300;

  int requests() {
    return samples.size();
  }

  /** Requests that were answered with an error or not at all. */
  long failed() {
    return failures().count();
  }

  /** Failed requests that were sent when the gateway had to know of the death. */
  long failedThoughKnown() {
    return failures().filter(sample -> sample.dueMillis() > strike.over() + NEWS_MILLIS).count();
  }

  /** Failed requests that were sent when the process was gone. */
  long failedThoughGone() {
    return failures().filter(sample -> sample.dueMillis() > strike.over()).count();
  }

  double longestMillis() {
    return longest(sample -> true);
  }

  double longestFailureMillis() {
    return longest(sample -> !sample.isOk());
  }

  /** The longest answer to a request sent before {@code millis} after the strike. */
  double longestMillisBefore(long millis) {
    return longest(sample -> sample.dueMillis() < strike.over() + millis);
  }

  /** The longest answer to a request sent from {@code millis} after the strike on. */
  double longestMillisAfter(long millis) {
    return longest(sample -> sample.dueMillis() >= strike.over() + millis);
  }

  /** Writes that were acknowledged but are not in the store. */
  long lost() {
    return samples.stream()
        .filter(sample -> sample.isWrite() && sample.isOk() && !stored.containsKey(sample.name()))
        .map(Sample::name)
        .distinct()
        .count();
  }

  /** Writes that are in the store more than once. */
  long twice() {
    return samples.stream()
        .map(Sample::name)
        .distinct()
        .filter(name -> stored.getOrDefault(name, 0) > 1)
        .count();
  }

  private Stream<Sample> failures() {
    return samples.stream().filter(sample -> !sample.isOk());
  }

  private double longest(Predicate<Sample> which) {
    return samples.stream().filter(which).mapToDouble(Sample::millis).max().orElse(0);
  }
}
