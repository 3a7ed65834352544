package dev.troupe.seed.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertFileTest {
  private static final RememberedAlert ALERT =
      new RememberedAlert(
          "slot-failed",
          "A",
          "A-1",
          "A-1 is failed",
          Instant.parse("2026-01-31T12:00:00Z"),
          Instant.parse("2026-01-31T12:00:01.5Z"));

  @TempDir Path run;
  private Path path;
  private AlertFile file;

  @BeforeEach
  void locate() {
    path = run.resolve("alerts.json");
    file = new AlertFile(run);
  }

  @Test
  void whatWasWrittenLastIsRead() throws IOException {
    assertThat(file.read()).isEmpty();
    file.write(List.of());
    file.write(List.of(ALERT));
    assertThat(file.read()).containsExactly(ALERT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "{\"alerts\":null}",
        "{\"alerts\":[null]}",
        "{\"alerts\":[{}]}",
        "{\"alerts\":[{\"kind\":\"slot-failed\",\"sub",
        "{\"alerts\":7}"
      })
  void aDamagedFileCountsAsNoneAndIsReplaced(String content) throws IOException {
    Files.writeString(path, content);
    assertThat(file.read()).isEmpty();
    file.write(List.of(ALERT));
    assertThat(file.read()).containsExactly(ALERT);
  }

  @Test
  void aFileThatIsTooLongCountsAsNone() throws IOException {
    Files.write(path, new byte[(1 << 20) + 1]);
    assertThat(file.read()).isEmpty();
  }
}
