package dev.troupe.service.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.launch.NodeExit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgramEndTest {
  private static final List<String> COMMAND = List.of("python3", "app.py");

  @Test
  void aProgramThatIsDoneEndsItsHostAsOneThatIsDone() {
    ProgramEnd end = ProgramEnd.of(0, COMMAND, Optional.empty());

    assertThat(end.exit()).isEqualTo(NodeExit.DONE);
    assertThat(end.text()).isEqualTo("'python3 app.py' ended with exit code 0");
  }

  @Test
  void theLastLineTellsWhyAProgramFailed() {
    ProgramEnd end = ProgramEnd.of(3, COMMAND, Optional.of("no module named 'flask'"));

    assertThat(end.exit()).isEqualTo(NodeExit.PROGRAM_FAILED);
    assertThat(end.text())
        .isEqualTo(
            "'python3 app.py' ended with exit code 3; its last line: no module named 'flask'");
  }

  @Test
  void aSignalOfSomebodyElseIsNoFailureOfTheProgram() {
    ProgramEnd end = ProgramEnd.of(137, COMMAND, Optional.of("serving"));

    assertThat(end)
        .isEqualTo(
            new ProgramEnd(NodeExit.PROGRAM_KILLED, "'python3 app.py' was killed by SIGKILL"));
  }

  @Test
  void aCrashIsAFailureOfTheProgram() {
    ProgramEnd end = ProgramEnd.of(139, COMMAND, Optional.empty());

    assertThat(end)
        .isEqualTo(
            new ProgramEnd(NodeExit.PROGRAM_FAILED, "'python3 app.py' was ended by signal 11"));
  }
}
