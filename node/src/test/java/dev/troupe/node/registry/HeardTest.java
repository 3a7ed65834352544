package dev.troupe.node.registry;

import static dev.troupe.node.registry.Announced.beat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HeardTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long BASE = 77 * SECOND;

  @Test
  void oneThatComesInTimeIsAsYoungAsItLooks() {
    Heard heard = Heard.first(beat(1, 1), at(1)).then(beat(1, 2), at(2));

    assertThat(heard.atNanos()).isEqualTo(at(2));
  }

  @Test
  void theSameAgainMakesNothingYounger() {
    Heard heard = Heard.first(beat(1, 1), at(1));

    assertThat(heard.then(beat(1, 1), at(9))).isSameAs(heard);
  }

  @Test
  void oneThatComesLateIsAsOldAsWhenItWasSent() {
    Heard heard = Heard.first(beat(1, 1), at(1)).then(beat(1, 2), at(4.5));

    assertThat(heard.atNanos()).isEqualTo(at(2));
  }

  @Test
  void theQuickestSoFarIsTheMeasure() {
    Heard heard =
        Heard.first(beat(1, 1), at(1.4)).then(beat(1, 2), at(2.0)).then(beat(1, 3), at(3.3));

    assertThat(heard.atNanos()).isBetween(at(3.0), at(3.01));
  }

  @Test
  void twoLateOnesInARowAreAClockThatWasPutBack() {
    Heard heard =
        Heard.first(beat(1, 1, second(1)), at(1))
            .then(beat(1, 2, second(-598)), at(2))
            .then(beat(1, 3, second(-597)), at(3))
            .then(beat(1, 4, second(-596)), at(4));

    assertThat(heard.atNanos()).isEqualTo(at(4));
  }

  @Test
  void anotherGenerationBeginsAnew() {
    Heard heard = Heard.first(beat(1, 500), at(500)).then(beat(2, 1), at(510));

    assertThat(heard.atNanos()).isEqualTo(at(510));
  }

  private static Instant second(long second) {
    return Instant.EPOCH.plusSeconds(second);
  }

  private static long at(double seconds) {
    return BASE + (long) (seconds * SECOND);
  }
}
