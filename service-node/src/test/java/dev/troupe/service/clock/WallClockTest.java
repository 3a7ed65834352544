package dev.troupe.service.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WallClockTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final HandClock hand = new HandClock();
  private final WallClock clock = hand.wall();
  private final Instant start = clock.now();

  @Test
  void timeThatPassesIsNoChange() {
    hand.pass(HOUR);
    assertThat(clock.untouched()).isEqualTo(HOUR);
    assertThat(clock.timesSet()).isZero();
    assertThat(clock.now()).isEqualTo(clock.steady(HOUR)).isEqualTo(start.plus(HOUR));
  }

  @Test
  void aSlowCorrectionIsNoChange() {
    for (int i = 0; i < 10; i++) {
      hand.pass(HOUR);
      hand.setForward(Duration.ofMillis(900));
      assertThat(clock.timesSet()).isZero();
    }
  }

  @Test
  void aClockSetForwardMakesNothingOlderUntilTheWindowHasPassed() {
    hand.pass(HOUR);
    hand.setForward(HOUR);
    assertThat(clock.untouched()).isZero();
    assertThat(clock.steady(HOUR)).isEqualTo(start.plus(HOUR));
    hand.pass(HOUR.minusMillis(1));
    assertThat(clock.steady(HOUR)).isEqualTo(start.plus(HOUR.multipliedBy(2)).minusMillis(1));
    assertThat(clock.now()).isEqualTo(start.plus(HOUR.multipliedBy(3)).minusMillis(1));
    hand.pass(Duration.ofMillis(1));
    assertThat(clock.steady(HOUR)).isEqualTo(clock.now());
    assertThat(clock.untouched()).isEqualTo(HOUR);
  }

  @Test
  void aClockSetBackAndRightAgainIsWhereItWas() {
    hand.setBack(HOUR);
    assertThat(clock.steady(HOUR)).isEqualTo(start.minus(HOUR));
    hand.setForward(HOUR);
    assertThat(clock.steady(HOUR)).isEqualTo(start);
    assertThat(clock.timesSet()).isEqualTo(2);
  }
}
