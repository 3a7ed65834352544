package dev.troupe.service.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.process.ProcessLiveness;
import dev.troupe.protocol.settings.ProgramSettings.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HostedProgramTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir private Path directory;
  private HostedProgram program;

  private void start(String script) throws IOException {
    program = HostedProgram.start(List.of("sh", "-c", script), directory, Map.of("PORT", "1234"));
  }

  @AfterEach
  void tearDown() {
    program.kill();
  }

  @Test
  void itsExitCodeIsThatOfTheProgram() throws Exception {
    start("exit 7");

    assertThat(program.onExit().get(50, TimeUnit.SECONDS)).isEqualTo(7);
  }

  @Test
  void itRunsInItsDirectoryWithItsVariables() throws Exception {
    start("echo $PORT > said");

    program.onExit().get(50, TimeUnit.SECONDS);
    assertThat(directory.resolve("said")).hasContent("1234");
  }

  @Test
  void theStopSignalReachesTheWholeGroup() throws Exception {
    start("sleep 300 & echo $! > child; trap 'echo asked > said; exit 0' INT; touch ready; wait");
    ProcessHandle child = child();

    assertThat(program.stop(StopSignal.INT, LONG).get(50, TimeUnit.SECONDS)).isFalse();

    assertThat(directory.resolve("said")).hasContent("asked");
    await().until(() -> !ProcessLiveness.isAlive(child));
  }

  @Test
  void aProgramThatIgnoresTheSignalIsKilledWithItsChildren() throws Exception {
    start("trap '' TERM; sleep 300 & echo $! > child; touch ready; wait; wait; sleep 300");
    ProcessHandle child = child();

    assertThat(program.stop(StopSignal.TERM, Duration.ofMillis(100)).get(50, TimeUnit.SECONDS))
        .isTrue();

    assertThat(program.onExit().get(50, TimeUnit.SECONDS)).isEqualTo(137);
    await().until(() -> !ProcessLiveness.isAlive(child));
  }

  @Test
  void whatAProgramLeavesBehindIsKilled() throws Exception {
    start("sleep 300 & echo $! > child; touch ready");
    ProcessHandle child = child();

    program.onExit().get(50, TimeUnit.SECONDS);

    await().until(() -> !ProcessLiveness.isAlive(child));
  }

  private ProcessHandle child() throws IOException {
    await().until(() -> Files.exists(directory.resolve("ready")));
    return ProcessHandle.of(Long.parseLong(Files.readString(directory.resolve("child")).strip()))
        .orElseThrow();
  }
}
