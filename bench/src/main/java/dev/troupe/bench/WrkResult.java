package dev.troupe.bench;

import java.util.Arrays;

/**
 * The numbers that wrk counted in one run.
 *
 * @param requests answered, with whatever status
 * @param p50Micros median latency of all answers
 * @param errorAnswers answers with a status of 400 and above
 * @param brokenConnections connections that could not be opened, read or written
 * @param timeouts requests that were answered too late or not at all
 * @param refused answers with 503; counted only in a paced run
 * @param unexplained answers with 503 and without {@code Retry-After}
 */
record WrkResult(
    long requests,
    long durationMicros,
    long p50Micros,
    long p99Micros,
    long p999Micros,
    long maxMicros,
    long errorAnswers,
    long brokenConnections,
    long timeouts,
    long refused,
    long unexplained) {
  private static final int FIELDS = 11;

  /** Reads the numbers that {@code wrk/requests.lua} prints. */
  static WrkResult parse(String numbers) {
    long[] n = Arrays.stream(numbers.strip().split(" ", -1)).mapToLong(Long::parseLong).toArray();
    if (n.length != FIELDS) {
      throw new IllegalArgumentException(numbers + " (expected: " + FIELDS + " numbers)");
    }
    return new WrkResult(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10]);
  }

  long failed() {
    return errorAnswers + brokenConnections + timeouts;
  }

  double answersPerSecond() {
    return requests * 1e6 / durationMicros;
  }

  double successesPerSecond() {
    return (requests - errorAnswers) * 1e6 / durationMicros;
  }
}
