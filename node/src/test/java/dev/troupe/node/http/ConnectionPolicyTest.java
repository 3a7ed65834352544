package dev.troupe.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.http.ClientState.Phase;
import dev.troupe.node.http.ConnectionPolicy.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionPolicyTest {
  private static final long NOW = Duration.ofHours(1).toNanos();

  private final ConnectionPolicy policy =
      new ConnectionPolicy(
          new ConnectionLimits(
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
    "IDLE, 60, STAY",
    "IDLE, 61, IDLE_TOO_LONG",
    "HEAD, 10, STAY",
    "HEAD, 11, HEAD_TOO_SLOW",
    "WRITE, 20, STAY",
    "WRITE, 21, READS_TOO_SLOWLY",
    "LINGER, 11, LINGERED",
    "BODY, 3000, STAY",
    "WORK, 3000, STAY",
  })
  void eachPhaseHasItsTime(Phase phase, int seconds, Verdict verdict) {
    assertThat(policy.verdict(state(phase, seconds * 1000), NOW)).isEqualTo(verdict);
  }

  @Test
  void whoHasKeptUsWaitingLongestGoesFirst() {
    assertThat(
            policy.victim(
                List.of(
                    state(Phase.IDLE, 500),
                    state(Phase.HEAD, 4000),
                    state(Phase.BODY, 3000),
                    state(Phase.WORK, 9000)),
                NOW))
        .contains(1);
  }

  @Test
  void whoIsServedOrHasJustComeStays() {
    assertThat(
            policy.victim(
                List.of(
                    state(Phase.IDLE, 50),
                    state(Phase.HEAD, 900),
                    state(Phase.WRITE, 900),
                    state(Phase.WORK, 9000)),
                NOW))
        .isEmpty();
  }

  private static ClientState state(Phase phase, int millis) {
    return new ClientState(phase, NOW - Duration.ofMillis(millis).toNanos());
  }
}
