package dev.troupe.protocol.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Initiator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedExitTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");

  @TempDir private Path run;

  @Test
  void whatTheLauncherLeavesIsTakenOnce() throws IOException {
    SeedExit killed =
        new SeedExit(
            7, 3, AT, 137, Initiator.LAUNCHER, "silent for 12 s: é", 2, List.of("a = b", "# c"));

    killed.write(run);

    assertThat(SeedExit.take(run)).contains(killed);
    assertThat(SeedExit.take(run)).isEmpty();
  }

  @Test
  void anEndThatNobodySawHasNoCode() throws IOException {
    SeedExit unseen = new SeedExit(7, 1, AT, null, null, null, 1, List.of());

    unseen.write(run);

    assertThat(SeedExit.take(run)).contains(unseen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pid=7", "pid=7\ngeneration=x\nat=now", "\\u00"})
  void whatCannotBeReadIsLeftOut(String text) throws IOException {
    Files.writeString(run.resolve("seed.end"), text);

    assertThat(SeedExit.take(run)).isEmpty();
  }
}
