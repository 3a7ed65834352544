package dev.troupe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortFileTest {
  @TempDir Path run;

  @Test
  void thePortFoundFirstIsKept() throws Exception {
    PortFile file = new PortFile(run);
    assertThat(file.read()).isZero();

    assertThat(file.write(40_001)).isEqualTo(40_001);

    assertThat(new PortFile(run).read()).isEqualTo(40_001);
    assertThat(new PortFile(run).write(40_002))
        .as("for the gateway that comes later")
        .isEqualTo(40_001);
    assertThat(run).isDirectoryContaining("glob:**gateway.port");
    try (var files = Files.list(run)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aDeletedPortIsReplaced() throws Exception {
    PortFile file = new PortFile(run);
    file.write(40_001);

    file.delete();

    assertThat(file.write(40_002)).isEqualTo(40_002);
  }

  @Test
  void aFileWithoutAPortCountsAsNone() throws Exception {
    Files.writeString(run.resolve("gateway.port"), "half\n");

    assertThat(new PortFile(run).read()).isZero();
  }
}
