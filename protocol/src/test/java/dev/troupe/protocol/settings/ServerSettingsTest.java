package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerSettingsTest {
  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void setUp() {
    home = new Home(directory);
  }

  @Test
  void withoutAUrlThereIsNoServer() {
    assertThat(home.load("troupe.storage.user = ada").storage().server()).isNull();
  }

  @Test
  void theEnvironmentNamesAServerWithItsSecrets() {
    ServerSettings server =
        Objects.requireNonNull(
            home.load(
                    Map.of(
                        "TROUPE_STORAGE_URL", "jdbc:postgresql://db:5432/shop",
                        "TROUPE_STORAGE_USER", "ada",
                        "TROUPE_STORAGE_PASSWORD", "hunter2"),
                    "")
                .storage()
                .server());
    assertThat(server.place()).isEqualTo("jdbc:postgresql://db:5432/shop");
    assertThat(server.user()).isEqualTo("ada");
    assertThat(server.password().value()).isEqualTo("hunter2");
  }

  @Test
  void noSecretIsEverShown() {
    ServerSettings server =
        Objects.requireNonNull(
            home.load(
                    "troupe.storage.url = \"jdbc:postgresql://db/shop?password=hunter1\"",
                    "troupe.storage.password = hunter2")
                .storage()
                .server());
    assertThat(server.toString()).doesNotContain("hunter");
    assertThat(server.place()).isEqualTo("jdbc:postgresql://db/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url = \"jdbc:mysql://db/shop?password=hunter1\"",
        "url = { host = hunter1 }",
        "password = [hunter1]"
      })
  void aWrongValueIsNamedAndNotShown(String line) {
    assertThat(home.problem("troupe.storage." + line))
        .startsWith("application.conf:1: 'troupe.storage.")
        .contains("expected:")
        .doesNotContain("hunter");
  }
}
