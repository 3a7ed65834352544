package dev.troupe.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeOptionTest {
  // Berlin is two hours before UTC on this day.
  private static final ZonedDateTime NOW =
      ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 0, ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "90s, 2026-07-01T09:58:30Z",
    "10m, 2026-07-01T09:50:00Z",
    "2h, 2026-07-01T08:00:00Z",
    "1d, 2026-06-30T10:00:00Z",
    "09:30, 2026-07-01T07:30:00Z",
    "09:30:05.250, 2026-07-01T07:30:05.250Z",
    "2026-01-31, 2026-01-30T23:00:00Z",
    "2026-06-30T14:30, 2026-06-30T12:30:00Z",
    "2026-06-30 14:30:01.500, 2026-06-30T12:30:01.500Z",
    "2026-06-30T14:30:00Z, 2026-06-30T14:30:00Z",
    "2026-06-30T14:30:00+05:00, 2026-06-30T09:30:00Z"
  })
  void aTimeIsGivenInAnyOfTheFormats(String text, Instant expected) {
    assertThat(TimeOption.parse("--since", text, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-5m", "5", "yesterday", "25:00", "2026-02-30", "99999999999d"})
  void anythingElseIsRefusedWithExamples(String text) {
    assertThatThrownBy(() -> TimeOption.parse("--since", text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--since: '" + text + "' is no time (expected for example: 10m");
  }

  @Test
  void aSpanThatReachesBeforeTheFirstYearIsATimeToo() {
    assertThat(TimeOption.parse("--since", "999999999d", NOW)).isBefore(Instant.EPOCH);
  }
}
