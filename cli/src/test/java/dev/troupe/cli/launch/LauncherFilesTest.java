package dev.troupe.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherFilesTest {
  @TempDir private Path run;

  @Test
  void generationsGoOnAcrossLaunchersUntilTheClusterEnds() throws IOException {
    assertThat(new GenerationCounter(run).next()).isEqualTo(1);
    assertThat(new GenerationCounter(run).next()).isEqualTo(2);

    new GenerationCounter(run).forget();
    assertThat(new GenerationCounter(run).next()).isEqualTo(1);
  }

  @Test
  void aCorruptGenerationIsCountedAnew() throws IOException {
    Files.writeString(run.resolve("seed.generation"), "x");

    assertThat(new GenerationCounter(run).next()).isEqualTo(1);
  }

  @Test
  void onlyWhatTheLastProcessPrintedIsShown() throws IOException {
    Path file = Files.writeString(run.resolve("seed-1.out"), "earlier\n");
    BackgroundProcess process = new BackgroundProcess(file);

    process.rotateOutput();
    Files.writeString(file, "now\n", StandardOpenOption.APPEND);

    assertThat(process.lastLines(10)).containsExactly("now");
  }

  @Test
  void aLongOutputIsPutAside() throws IOException {
    Path file = Files.writeString(run.resolve("seed-1.out"), "x".repeat((1 << 20) + 1));
    BackgroundProcess process = new BackgroundProcess(file);

    process.rotateOutput();
    Files.writeString(file, "now\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    assertThat(process.lastLines(10)).containsExactly("now");
    assertThat(run.resolve("seed-1.out.1")).exists();
  }
}
