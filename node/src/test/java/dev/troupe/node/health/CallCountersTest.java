package dev.troupe.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CallCountersTest {
  private final CallCounters counters = new CallCounters();

  @Test
  void aRequestIsInFlightUntilItEndsAndCountsOnlyThen() {
    counters.began();
    counters.began();
    assertThat(counters.inFlight()).isEqualTo(2);
    assertThat(counters.requests()).isZero();

    counters.ended(false);

    assertThat(counters.inFlight()).isEqualTo(1);
    assertThat(counters.requests()).isEqualTo(1);
    assertThat(counters.errors()).isZero();
  }

  @Test
  void aServiceErrorIsARequestToo() {
    counters.began();
    counters.ended(true);

    assertThat(counters.requests()).isEqualTo(1);
    assertThat(counters.errors()).isEqualTo(1);
    assertThat(counters.inFlight()).isZero();
  }
}
