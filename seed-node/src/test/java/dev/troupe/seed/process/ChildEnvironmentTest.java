package dev.troupe.seed.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.process.EnvironmentMark;
import dev.troupe.protocol.settings.EnvironmentSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
  private static final EnvironmentMark MARK =
      new EnvironmentMark(RealProcesses.SECRET, "Echo-1", 3);

  private final ChildEnvironment environment =
      new ChildEnvironment(
          Map.of(
              "PATH", "/bin",
              "LC_ALL", "C",
              "AWS_SECRET_ACCESS_KEY", "x",
              "SMTP_PASSWORD", "y",
              "GATEWAY_PORT", "0",
              "TROUPE_STORAGE_PASSWORD", "z",
              "FAKETIME", "+1h"),
          Set.of("SMTP_PASSWORD"));

  @Test
  void onlyWhatIsAllowedReachesAProcess() {
    assertThat(of(false, new EnvironmentSettings(List.of("PATH", "LC_*"), Map.of())))
        .containsOnlyKeys(
            "PATH",
            "LC_ALL",
            "SMTP_PASSWORD",
            "GATEWAY_PORT",
            "TROUPE_HOME_SECRET",
            "TROUPE_SLOT",
            "TROUPE_GENERATION");
  }

  @Test
  void thePasswordOfTheDatabaseReachesServicesOnly() {
    assertThat(of(true, EnvironmentSettings.NONE)).containsKey("TROUPE_STORAGE_PASSWORD");
    assertThat(of(false, EnvironmentSettings.NONE)).doesNotContainKey("TROUPE_STORAGE_PASSWORD");
  }

  @Test
  void aServiceMayHaveVariablesOfItsOwn() {
    Map<String, String> own =
        of(true, new EnvironmentSettings(List.of("FAKETIME"), Map.of("REGION", "eu")));

    assertThat(own).containsEntry("FAKETIME", "+1h").containsEntry("REGION", "eu");
  }

  @Test
  void noSettingReplacesTheMarkOfTheSlot() {
    assertThat(of(true, new EnvironmentSettings(List.of(), Map.of("TROUPE_SLOT", "seed-1"))))
        .containsEntry("TROUPE_SLOT", "Echo-1");
  }

  private Map<String, String> of(boolean isService, EnvironmentSettings settings) {
    return environment.of(isService, List.of(settings), MARK);
  }
}
