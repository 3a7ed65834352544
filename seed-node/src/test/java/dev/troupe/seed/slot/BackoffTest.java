package dev.troupe.seed.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.settings.RestartSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BackoffTest {
  private static final double MIDDLE = 0.5;

  @ParameterizedTest
  @ValueSource(doubles = {0, MIDDLE, 1})
  void theFirstRelaunchDoesNotWait(double random) {
    assertThat(Backoff.before(0, settings(0.2), random)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 1000", "3, 2000", "6, 16000", "7, 30000", "8, 30000", "1000, 30000"})
  void eachWaitIsTwiceTheLastUpToTheLongest(int earlier, long millis) {
    assertThat(Backoff.before(earlier, settings(0), MIDDLE)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void jitterSpreadsAWaitToBothSides() {
    assertThat(Backoff.before(2, settings(0.2), 0)).isEqualTo(Duration.ofMillis(800));
    assertThat(Backoff.before(2, settings(0.2), MIDDLE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Backoff.before(2, settings(0.2), 1)).isEqualTo(Duration.ofMillis(1200));
  }

  @Test
  void noJitterMakesAWaitLongerThanTheLongest() {
    assertThat(Backoff.before(20, settings(0.2), 1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Backoff.before(20, settings(0.2), 0)).isLessThan(Duration.ofSeconds(30));
  }

  private static RestartSettings settings(double jitter) {
    return new RestartSettings(
        RestartSettings.Policy.ALWAYS,
        3,
        Duration.ofMinutes(1),
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        jitter);
  }
}
