package dev.troupe.service.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramOutputTest {
  @TempDir private Path directory;

  @Test
  void onlyLinesSinceTheStartCount() throws IOException {
    Path file = Files.writeString(directory.resolve("A-1.out"), "of the process before\n");
    ProgramOutput output = ProgramOutput.fromNowOn(file);

    assertThat(output.lastLine()).isEmpty();
    Files.writeString(file, "first\nsecond\n\n", StandardOpenOption.APPEND);
    assertThat(output.lastLine()).contains("second");
  }

  @Test
  void aFileThatWasCutCountsAsAWhole() throws IOException {
    Path file = Files.writeString(directory.resolve("A-1.out"), "much that was printed before\n");
    ProgramOutput output = ProgramOutput.fromNowOn(file);

    Files.writeString(file, "after the cut\n");

    assertThat(output.lastLine()).contains("after the cut");
  }

  @Test
  void aMissingFileHasNoLines() {
    assertThat(ProgramOutput.fromNowOn(directory.resolve("none")).lastLine()).isEmpty();
  }
}
