package dev.troupe.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.http.ConnectionPolicy.Verdict;
import dev.troupe.node.http.ConnectionState.Phase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionPolicyTest {
  private static final long NOW = Duration.ofHours(1).toNanos();

  private final ConnectionPolicy policy =
      new ConnectionPolicy(
          new ConnectionLimits(
              10,
              10,
              10,
              1000,
              1000,
              Duration.ofSeconds(1),
              1000,
              Duration.ofSeconds(10),
              Duration.ofSeconds(20),
              Duration.ofSeconds(60)));

  @ParameterizedTest
  @CsvSource({
    "IDLE, 60, KEEP",
    "IDLE, 61, IDLE_TOO_LONG",
    "HEAD, 10, KEEP",
    "HEAD, 11, HEAD_TOO_SLOW",
    "WRITE, 20, KEEP",
    "WRITE, 21, READS_TOO_SLOWLY",
    "LINGER, 11, LINGERED",
    "BODY, 3000, KEEP",
    "QUEUED, 3000, KEEP",
    "PROCESSING, 3000, KEEP",
  })
  void eachPhaseHasItsTimeLimit(Phase phase, int seconds, Verdict verdict) {
    assertThat(policy.verdict(state(phase, seconds * 1000), NOW)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "IDLE, 99, false",
    "IDLE, 100, true",
    "QUEUED, 99, false",
    "QUEUED, 100, true",
    "HEAD, 999, false",
    "HEAD, 1000, true",
    "BODY, 1000, true",
    "WRITE, 1000, true",
    "LINGER, 1000, true",
    "PROCESSING, 100000, false",
  })
  void idleAndSlowConnectionsAreEvictable(Phase phase, int millis, boolean evictable) {
    assertThat(ConnectionPolicy.isEvictable(state(phase, millis), NOW)).isEqualTo(evictable);
  }

  private static ConnectionState state(Phase phase, int millis) {
    return new ConnectionState(phase, NOW - Duration.ofMillis(millis).toNanos());
  }
}
