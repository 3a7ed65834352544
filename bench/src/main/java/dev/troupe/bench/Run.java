package dev.troupe.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What one run showed.
 *
 * @param stored how often each name is in the store afterwards
 */
record Run(List<Sample> samples, Disruption strike, Map<String, Integer> stored) {
  // By then a gateway has learned of a death; what it sends until then is lost with the dead.
  private static final long NEWS_MILLIS = 300;

  int requests() {
    return samples.size();
  }

  /** Answered with an error, or not at all. */
  long failed() {
    return failures().count();
  }

  /** Those of them that were sent when the process was gone for long enough to know it. */
  long failedThoughKnown() {
    return failures().filter(sample -> sample.dueMillis() > strike.over() + NEWS_MILLIS).count();
  }

  /** Those of them that were sent when the process was gone. */
  long failedThoughGone() {
    return failures().filter(sample -> sample.dueMillis() > strike.over()).count();
  }

  double longestMillis() {
    return longest(sample -> true);
  }

  double longestFailureMillis() {
    return longest(sample -> !sample.isOk());
  }

  /** Of those sent within {@code millis} of the strike, or before it. */
  double longestMillisBefore(long millis) {
    return longest(sample -> sample.dueMillis() < strike.over() + millis);
  }

  /** Of those sent later than {@code millis} after the strike. */
  double longestMillisAfter(long millis) {
    return longest(sample -> sample.dueMillis() >= strike.over() + millis);
  }

  /** Acknowledged as created, but not in the store. */
  long lost() {
    return samples.stream()
        .filter(sample -> sample.isWrite() && sample.isOk() && !stored.containsKey(sample.name()))
        .map(Sample::name)
        .distinct()
        .count();
  }

  /** In the store more than once. */
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
