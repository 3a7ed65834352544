package dev.troupe.seed.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlotSpecsTest {
  @TempDir private Path home;

  @Test
  void theHostOfAProgramHasTimeToStopTheProgram() throws IOException {
    Files.writeString(
        home.resolve(SettingsLoader.FILE),
        """
        troupe.stop { drain-timeout = 1s, grace = 2s }
        troupe.services {
          Legacy { command = [legacy], stop-timeout = 30s }
          UserService { class = a.User }
        }
        """);
    Settings settings = SettingsLoader.load(home, Map.of());
    SlotSpecs specs = new SlotSpecs(settings, Map.of());

    assertThat(specs.spec("UserService", 1).stop()).isEqualTo(settings.stop());
    assertThat(specs.spec("Legacy", 1).stop().drainTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(specs.spec("Legacy", 1).stop().grace()).isEqualTo(Duration.ofSeconds(32));
  }

  @Test
  void theHostOfAProgramHasTimeToSayWhatItHasWaitedFor() throws IOException {
    Files.writeString(
        home.resolve(SettingsLoader.FILE),
        """
        troupe.start-timeout = 20s
        troupe.health.heartbeat-timeout = 3s
        troupe.services {
          Legacy { command = [legacy] }
          UserService { class = a.User }
        }
        """);
    SlotSpecs specs = new SlotSpecs(SettingsLoader.load(home, Map.of()), Map.of());

    assertThat(specs.spec("UserService", 1).startTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(specs.spec("Legacy", 1).startTimeout()).isEqualTo(Duration.ofSeconds(28));
  }
}
