package dev.troupe.protocol.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebugPortsTest {
  @TempDir private Path run;

  @Test
  void aSlotKeepsItsPortUntilItIsTakenOut() throws IOException {
    DebugPorts.NONE.with("A-1", 5005).with("B-2", 5006).write(run);

    assertThat(DebugPorts.read(run).of("A-1")).hasValue(5005);
    assertThat(DebugPorts.read(run).of("A-2")).isEmpty();

    DebugPorts.read(run).without("A-1").write(run);
    assertThat(DebugPorts.read(run).bySlot()).isEqualTo(Map.of("B-2", 5006));

    DebugPorts.NONE.write(run);
    assertThat(run).isEmptyDirectory();
    assertThat(DebugPorts.read(run)).isEqualTo(DebugPorts.NONE);
  }

  @Test
  void aDamagedLineIsLeftOut() throws IOException {
    Files.writeString(run.resolve("debug"), "A-1 x\nB-1 5005\n\n");

    assertThat(DebugPorts.read(run).bySlot()).isEqualTo(Map.of("B-1", 5005));
  }

  @Test
  void onlyThisMachineCanConnect() {
    assertThat(DebugPorts.jvmOption(5005)).contains("address=127.0.0.1:5005", "suspend=n");
  }
}
