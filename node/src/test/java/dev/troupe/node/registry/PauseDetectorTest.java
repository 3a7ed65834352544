package dev.troupe.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PauseDetectorTest {
  private final PauseDetector pauses = new PauseDetector(Duration.ofSeconds(1));

  @Test
  void aProcessThatLooksInTimeHasNotSlept() {
    assertThat(pauses.observe(second(100))).isZero();
    assertThat(pauses.observe(second(101))).isZero();

    assertThat(pauses.silentNanos(second(91), second(101))).isEqualTo(second(10));
    assertThat(pauses.wokeWithin(Duration.ofHours(1), second(101))).isFalse();
  }

  @Test
  void whoLooksTooLateWasStoppedAndCountsFromThenOn() {
    pauses.observe(second(100));

    assertThat(pauses.observe(second(145))).hasSeconds(45);

    assertThat(pauses.silentNanos(second(99), second(147))).isEqualTo(second(2));
    assertThat(pauses.silentNanos(second(146), second(147))).isEqualTo(second(1));
    assertThat(pauses.wokeWithin(Duration.ofSeconds(3), second(147))).isTrue();
    assertThat(pauses.wokeWithin(Duration.ofSeconds(2), second(147))).isFalse();
  }

  private static long second(long second) {
    return TimeUnit.SECONDS.toNanos(second);
  }
}
