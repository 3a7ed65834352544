package dev.troupe.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.process.Sleeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedDiagnosisTest {
  @TempDir private Path home;

  @Test
  void aClusterOfAVersionThatCannotBeUpdatedIsCalledThat() throws IOException {
    Process seed = Sleeper.start(home, "seed-1", "gentle");
    try {
      assertThat(explained()).doesNotContain("too old");
      Files.writeString(Files.createDirectory(home.resolve("run")).resolve("control.json"), "{}");

      assertThat(explained())
          .contains(
              "The cluster in " + home + " was started by a version of Troupe that is too old")
          .contains("cannot be updated while it runs", "down", "up")
          .doesNotContain("another program");
    } finally {
      seed.destroyForcibly();
    }
  }

  private String explained() {
    return String.valueOf(
        SeedDiagnosis.explain(home, new HomeOption(), "another program listens").getMessage());
  }
}
