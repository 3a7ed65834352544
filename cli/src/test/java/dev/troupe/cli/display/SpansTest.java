package dev.troupe.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpansTest {
  @Test
  void coarseSpansHaveTwoUnitsAtMost() {
    assertThat(Spans.coarse(Duration.ofSeconds(4))).isEqualTo("4s");
    assertThat(Spans.coarse(Duration.ofSeconds(130))).isEqualTo("2m 10s");
    assertThat(Spans.coarse(Duration.ofMinutes(185))).isEqualTo("3h 5m");
    assertThat(Spans.coarse(Duration.ofHours(52))).isEqualTo("2d 4h");
  }

  @Test
  void aClockThatRunsBackGivesNoNegativeSpan() {
    assertThat(Spans.coarse(Duration.ofSeconds(-3))).isEqualTo("0s");
  }

  @Test
  void fineSpansAreRoundedToTenths() {
    assertThat(Spans.fine(Duration.ofMillis(1949))).isEqualTo("1.9 s");
    assertThat(Spans.fine(Duration.ofMillis(1950))).isEqualTo("2.0 s");
    assertThat(Spans.fine(Duration.ZERO)).isEqualTo("0.0 s");
  }
}
