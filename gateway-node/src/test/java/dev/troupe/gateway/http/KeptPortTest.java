package dev.troupe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPortTest {
  @TempDir Path run;

  @Test
  void thePortFoundFirstIsKept() throws Exception {
    KeptPort kept = new KeptPort(run);
    assertThat(kept.read()).isZero();

    assertThat(kept.keep(40_001)).isEqualTo(40_001);

    assertThat(new KeptPort(run).read()).isEqualTo(40_001);
    assertThat(new KeptPort(run).keep(40_002)).as("of who comes later").isEqualTo(40_001);
    assertThat(run).isDirectoryContaining("glob:**gateway.port");
    try (var files = Files.list(run)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aPortThatCannotBeHadAnyMoreIsForgotten() throws Exception {
    KeptPort kept = new KeptPort(run);
    kept.keep(40_001);

    kept.forget();

    assertThat(kept.keep(40_002)).isEqualTo(40_002);
  }

  @Test
  void whatIsNoPortIsNone() throws Exception {
    Files.writeString(run.resolve("gateway.port"), "half\n");

    assertThat(new KeptPort(run).read()).isZero();
  }
}
