package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnitsTest {
  @ParameterizedTest
  @CsvSource({"PT0S, 0s", "PT0.001S, 1ms", "PT1.5S, 1500ms", "PT90S, 90s", "PT2H, 2h", "PT48H, 2d"})
  void writesDurations(Duration duration, String text) {
    assertThat(Units.text(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0B", "1000, 1000B", "1024, 1KiB", "1048576, 1MiB", "3221225472, 3GiB"})
  void writesSizes(long bytes, String text) {
    assertThat(Units.text(bytes)).isEqualTo(text);
  }
}
