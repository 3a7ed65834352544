package dev.troupe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebugTargetTest {
  @TempDir private Path home;
  private Settings settings;

  @BeforeEach
  void setUp() throws IOException {
    Files.writeString(
        home.resolve(SettingsLoader.FILE), "troupe.services.A { class = a.A, instances = 2 }");
    settings = SettingsLoader.load(home, Map.of());
  }

  @Test
  void aServiceStandsForItsFirstSlotAndNoPortForAFreeOne() {
    DebugTarget target = DebugTarget.of("A", settings);

    assertThat(target.slot()).isEqualTo("A-1");
    assertThat(target.port()).isPositive();
    assertThat(DebugTarget.of("A:0", settings).port()).isPositive();
    assertThat(DebugTarget.of(target.option(), settings)).isEqualTo(target);
  }

  @Test
  void aSlotMayBeNamed() {
    DebugTarget target = DebugTarget.of("A-2", settings);

    assertThat(target.slot()).isEqualTo("A-2");
    assertThat(DebugTarget.ports(List.of(target)).of("A-2")).hasValue(target.port());
  }

  @Test
  void whatCannotBeDebuggedIsRefusedWithAWayOut() throws IOException {
    assertThatThrownBy(() -> DebugTarget.of("B", settings)).hasMessageContaining("A-1, A-2");
    assertThatThrownBy(() -> DebugTarget.of("A:x", settings)).hasMessageContaining("SERVICE:PORT");
    assertThatThrownBy(() -> DebugTarget.of("A:99999", settings)).hasMessageContaining("65535");
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      assertThatThrownBy(() -> DebugTarget.of("A:" + taken.getLocalPort(), settings))
          .hasMessageContaining("Name another one");
    }
  }
}
