package dev.troupe.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedRequestTest {
  @TempDir private Path home;

  @Test
  void aSeedNodeThatIsRelaunchedMayTakeAsLongAsItsLauncherAllows() {
    Settings settings = SettingsLoader.load(home, Map.of());

    assertThat(SeedRequest.maxSilence(settings))
        .isGreaterThan(settings.startTimeout())
        .isGreaterThan(settings.health().heartbeatTimeout());
  }
}
