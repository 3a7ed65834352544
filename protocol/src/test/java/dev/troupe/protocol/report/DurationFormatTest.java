package dev.troupe.protocol.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationFormatTest {
  @Test
  void coarseSpansHaveTwoUnitsAtMost() {
    assertThat(DurationFormat.coarse(Duration.ofSeconds(4))).isEqualTo("4s");
    assertThat(DurationFormat.coarse(Duration.ofSeconds(130))).isEqualTo("2m 10s");
    assertThat(DurationFormat.coarse(Duration.ofMinutes(185))).isEqualTo("3h 5m");
    assertThat(DurationFormat.coarse(Duration.ofHours(52))).isEqualTo("2d 4h");
  }

  @Test
  void aClockThatRunsBackGivesNoNegativeSpan() {
    assertThat(DurationFormat.coarse(Duration.ofSeconds(-3))).isEqualTo("0s");
  }

  @Test
  void fineSpansAreRoundedToTenths() {
    assertThat(DurationFormat.fine(Duration.ofMillis(1949))).isEqualTo("1.9 s");
    assertThat(DurationFormat.fine(Duration.ofMillis(1950))).isEqualTo("2.0 s");
    assertThat(DurationFormat.fine(Duration.ZERO)).isEqualTo("0.0 s");
  }
}
