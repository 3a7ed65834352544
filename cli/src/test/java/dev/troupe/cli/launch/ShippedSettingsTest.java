package dev.troupe.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShippedSettingsTest {
  @TempDir Path root;
  @TempDir Path home;

  private ShippedSettings shipped;

  @BeforeEach
  void ship() throws IOException {
    Files.writeString(root.resolve("application.conf"), "troupe {}");
    shipped = new ShippedSettings(root);
  }

  @Test
  void aHomeWithoutSettingsGetsThem() {
    Path file = home.resolve("application.conf");

    assertThat(shipped.copyTo(home)).contains(file);
    assertThat(file).hasContent("troupe {}");
  }

  @Test
  void settingsOfOnesOwnStay() throws IOException {
    Files.writeString(home.resolve("application.conf"), "troupe.gateway.port = 1");

    assertThat(shipped.copyTo(home)).isEmpty();
    assertThat(home.resolve("application.conf")).hasContent("troupe.gateway.port = 1");
  }

  @Test
  void whereNoneAreShippedNoneAreCopied() {
    assertThat(new ShippedSettings(home).copyTo(home)).isEmpty();
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamed() {
    Path gone = home.resolve("gone");

    assertThatThrownBy(() -> shipped.copyTo(gone))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(gone.toString());
  }
}
