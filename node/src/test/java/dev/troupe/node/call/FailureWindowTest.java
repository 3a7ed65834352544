package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailureWindowTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  // The origin of System.nanoTime() may be anywhere.
  @ParameterizedTest
  @ValueSource(longs = {0, -15, Long.MIN_VALUE / 2 / 1_000_000_000, 9_000_000_000L})
  void whatIsOlderThanTheWindowIsForgotten(long startSecond) {
    long start = startSecond * SECOND;
    FailureWindow window = new FailureWindow(Duration.ofSeconds(10), start);
    window.add(true, start);
    window.add(false, start + 5 * SECOND);
    assertThat(window.calls()).isEqualTo(2);
    assertThat(window.failures()).isEqualTo(1);

    window.moveTo(start + 9 * SECOND);
    assertThat(window.calls()).isEqualTo(2);

    window.moveTo(start + 10 * SECOND);
    assertThat(window.calls()).isEqualTo(1);
    assertThat(window.failures()).isZero();

    window.add(true, start + 1000 * SECOND);
    assertThat(window.calls()).isEqualTo(1);
    assertThat(window.failures()).isEqualTo(1);
  }

  @Test
  void itCanBeCleared() {
    FailureWindow window = new FailureWindow(Duration.ofSeconds(10), 0);
    window.add(true, 0);
    window.clear();
    window.add(false, 3 * SECOND);

    window.moveTo(12 * SECOND);

    assertThat(window.calls()).isEqualTo(1);
    assertThat(window.failures()).isZero();
  }
}
