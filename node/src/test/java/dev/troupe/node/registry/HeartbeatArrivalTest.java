package dev.troupe.node.registry;

import static dev.troupe.node.registry.Announced.beat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.registry.Heartbeat;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HeartbeatArrivalTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long BASE = 77 * SECOND;

  @Test
  void oneThatComesInTimeIsAsYoungAsItLooks() {
    HeartbeatArrival heard = HeartbeatArrival.first(beat(1, 1), at(1)).then(beat(1, 2), at(2));

    assertThat(heard.atNanos()).isEqualTo(at(2));
  }

  @Test
  void theSameAgainMakesNothingYounger() {
    HeartbeatArrival heard = HeartbeatArrival.first(beat(1, 1), at(1));

    assertThat(heard.then(beat(1, 1), at(9))).isEqualTo(heard);
  }

  @Test
  void anEarlierOneBringsItsStateAndMakesNothingOlder() {
    Heartbeat written = Announced.unhealthy(1, 1, "no disk");
    HeartbeatArrival heard =
        HeartbeatArrival.first(beat(1, 1), at(1))
            .then(beat(1, 2).with(beat(1, 2).pulse("UserService-1")), at(2))
            .then(written, at(4));

    assertThat(heard.atNanos()).isEqualTo(at(2));
    assertThat(heard.heartbeat().sequence()).isEqualTo(2);
    assertThat(heard.heartbeat().reason()).isEqualTo("no disk");
  }

  @Test
  void oneThatComesLateIsAsOldAsWhenItWasSent() {
    HeartbeatArrival heard = HeartbeatArrival.first(beat(1, 1), at(1)).then(beat(1, 2), at(4.5));

    assertThat(heard.atNanos()).isEqualTo(at(2));
  }

  @Test
  void theQuickestSoFarIsTheMeasure() {
    HeartbeatArrival heard =
        HeartbeatArrival.first(beat(1, 1), at(1.4))
            .then(beat(1, 2), at(2.0))
            .then(beat(1, 3), at(3.3));

    assertThat(heard.atNanos()).isBetween(at(3.0), at(3.01));
  }

  @Test
  void twoLateOnesInARowAreAHostThatHasSlept() {
    HeartbeatArrival heard =
        HeartbeatArrival.first(beat(1, 1, 1), at(1))
            .then(beat(1, 2, 2), at(602))
            .then(beat(1, 3, 3), at(603))
            .then(beat(1, 4, 4), at(604));

    assertThat(heard.atNanos()).isEqualTo(at(604));
  }

  @Test
  void theTimeOfDayDecidesNothing() {
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    HeartbeatArrival heard =
        HeartbeatArrival.first(Announced.at(noon, 1, 1, 1), at(1))
            .then(Announced.at(noon.minusSeconds(3600), 1, 2, 2), at(2));
    assertThat(heard.atNanos()).as("set back").isEqualTo(at(2));

    heard = heard.then(Announced.at(noon.plusSeconds(3600), 1, 3, 3), at(3));
    assertThat(heard.atNanos()).as("set forward").isEqualTo(at(3));
  }

  @Test
  void anotherGenerationBeginsAnew() {
    HeartbeatArrival heard =
        HeartbeatArrival.first(beat(1, 500), at(500)).then(beat(2, 1), at(510));

    assertThat(heard.atNanos()).isEqualTo(at(510));
  }

  private static long at(double seconds) {
    return BASE + (long) (seconds * SECOND);
  }
}
