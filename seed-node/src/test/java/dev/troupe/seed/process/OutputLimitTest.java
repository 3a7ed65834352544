package dev.troupe.seed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class OutputLimitTest {
  private static final long BOUND = 10 << 20;

  @Test
  void whoPrintsNothingOrLittleIsLookedAtOnceASecond() {
    assertThat(OutputLimit.nextLook(0, Duration.ofSeconds(1), BOUND))
        .isEqualTo(OutputLimit.LONGEST);
    assertThat(OutputLimit.nextLook(1000, Duration.ofSeconds(1), BOUND))
        .isEqualTo(OutputLimit.LONGEST);
  }

  @Test
  void whoPrintsFastIsLookedAtBeforeItHasPrintedHalfTheBoundAgain() {
    Duration next = OutputLimit.nextLook(20 << 20, Duration.ofSeconds(1), BOUND);

    assertThat(next).isBetween(Duration.ofMillis(100), Duration.ofMillis(150));
  }

  @Test
  void noPaceIsFasterThanTheShortest() {
    assertThat(OutputLimit.nextLook(1L << 40, Duration.ofMillis(50), BOUND))
        .isEqualTo(OutputLimit.SHORTEST);
  }
}
