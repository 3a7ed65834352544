package dev.troupe.seed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class OutputPaceTest {
  private static final long BOUND = 10 << 20;

  @Test
  void whoPrintsNothingOrLittleIsLookedAtOnceASecond() {
    assertThat(OutputPace.next(0, Duration.ofSeconds(1), BOUND)).isEqualTo(OutputPace.LONGEST);
    assertThat(OutputPace.next(1000, Duration.ofSeconds(1), BOUND)).isEqualTo(OutputPace.LONGEST);
  }

  @Test
  void whoPrintsFastIsLookedAtBeforeItHasPrintedHalfTheBoundAgain() {
    Duration next = OutputPace.next(20 << 20, Duration.ofSeconds(1), BOUND);

    assertThat(next).isBetween(Duration.ofMillis(100), Duration.ofMillis(150));
  }

  @Test
  void noPaceIsFasterThanTheShortest() {
    assertThat(OutputPace.next(1L << 40, Duration.ofMillis(50), BOUND))
        .isEqualTo(OutputPace.SHORTEST);
  }
}
