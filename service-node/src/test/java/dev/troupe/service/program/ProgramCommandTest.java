package dev.troupe.service.program;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramCommandTest {
  @TempDir private Path directory;

  @Test
  void aProgramIsLookedForInThePath() throws IOException {
    executable("tool");

    assertThatCode(() -> check("tool", directory.toString())).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("tool", "/nowhere"))
        .hasMessage(
            "there is no program 'tool' (command; PATH: /nowhere). Install the program, correct its"
                + " name, or name its whole path");
  }

  @Test
  void aPathIsRelativeToTheDirectory() throws IOException {
    executable("tool");
    Files.writeString(directory.resolve("text"), "");

    assertThatCode(() -> check("./tool", null)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("./text", null))
        .hasMessageStartingWith("./text is no program that this user may execute");
  }

  @Test
  void theDirectoryMustExist() {
    assertThatThrownBy(() -> ProgramCommand.check(List.of("sh"), directory.resolve("none"), "/bin"))
        .hasMessageContaining("none does not exist (cwd;");
  }

  private void check(String program, String path) throws UnusableProgramException {
    ProgramCommand.check(List.of(program, "argument"), directory, path);
  }

  private void executable(String name) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n");
    file.toFile().setExecutable(true);
  }
}
