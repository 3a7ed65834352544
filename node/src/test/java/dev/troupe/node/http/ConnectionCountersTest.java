package dev.troupe.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionCountersTest {
  private final ConnectionCounters counters = new ConnectionCounters("test");

  @Test
  void theSentenceNamesWhatHappenedAndNothingElse() {
    counters.closedSlow.add(2);
    ConnectionStats before = counters.stats(1, 10);
    counters.closedSlow.add(3);
    counters.bodiesRefused.increment();

    assertThat(ConnectionCounters.changes(before, counters.stats(1, 10)))
        .isEqualTo(
            "3 connections closed because their clients sent or read too slowly;"
                + " 1 requests refused because there was no room for their bodies");
  }

  @Test
  void connectionsThatWereIdleTooLongAreNotWorthALine() {
    counters.closedIdle.increment();

    assertThat(ConnectionCounters.changes(ConnectionStats.NONE, counters.stats(1, 10))).isEmpty();
  }
}
