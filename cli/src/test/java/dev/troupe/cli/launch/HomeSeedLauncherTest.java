package dev.troupe.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.SeedExit;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next seed node is told of the one before. */
class HomeSeedLauncherTest {
  @TempDir private Path home;
  private Path run;
  private HomeSeedLauncher seeds;

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(home.resolve(SettingsLoader.FILE), "");
    Settings settings = SettingsLoader.load(home, Map.of());
    run = Files.createDirectories(settings.run());
    Deployment deployment = new Deployment(home, new Distribution(home), home);
    seeds =
        new HomeSeedLauncher(
            settings, new CurrentDeployment(deployment, Optional.empty()), HomeSecret.obtain(run));
  }

  @Test
  void aSeedNodeThatWasKilledHereIsToldWithTheReason() {
    seeds.noteEnd(7, 137, "has not answered for 12.0 s", 2);

    assertThat(SeedExit.take(run))
        .hasValueSatisfying(
            end -> {
              assertThat(end.pid()).isEqualTo(7);
              assertThat(end.exitCode()).isEqualTo(137);
              assertThat(end.by()).isEqualTo(Initiator.LAUNCHER);
              assertThat(end.reason())
                  .isEqualTo("killed by its launcher, since it has not answered for 12.0 s");
              assertThat(end.relaunches()).isEqualTo(2);
            });
  }

  @Test
  void whoeverKillsItMaySayWhyBefore() throws IOException {
    announced(7).write(run);
    seeds.noteEnd(7, 137, null, 1);

    assertThat(SeedExit.take(run))
        .hasValueSatisfying(
            end -> {
              assertThat(end.by()).isEqualTo(Initiator.OPERATOR);
              assertThat(end.reason()).isEqualTo("replaced");
              assertThat(end.exitCode()).isEqualTo(137);
            });
  }

  @Test
  void whatWasSaidOfAnotherSeedNodeIsNotTakenForThisOne() throws IOException {
    announced(6).write(run);
    seeds.noteEnd(7, 1, null, 1);

    assertThat(SeedExit.take(run))
        .hasValueSatisfying(
            end -> {
              assertThat(end.by()).isNull();
              assertThat(end.reason()).isNull();
            });
  }

  private static SeedExit announced(long pid) {
    return new SeedExit(pid, 1, Instant.EPOCH, null, Initiator.OPERATOR, "replaced", 0, List.of());
  }
}
