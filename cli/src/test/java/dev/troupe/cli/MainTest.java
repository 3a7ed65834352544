package dev.troupe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.control.ControlServer;
import dev.troupe.cli.display.Slots;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlError;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
  @TempDir private Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"up", "down", "status", "logs", "restart"})
  void everyCommandExplainsItselfAndItsExitCodes(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: troupe " + command, "--home", "Exit codes:", "no cluster runs");
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("up", "down", "status", "logs", "restart");
  }

  @Test
  void anUnknownCommandOrHomeIsAnErrorOfUsage() {
    assertThat(run("dwon")).isEqualTo(2);
    assertThat(run("status", "--home", home + "/absent")).isEqualTo(2);
    assertThat(err.toString()).contains("/absent is not a directory");
    assertThat(run("logs", "-n", "-1", "--home", home.toString())).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"down", "status", "logs"})
  void withNothingRunningEachCommandSaysHowToStart(String command) {
    assertThat(run(command, "--home", home.toString())).isEqualTo(3);
    assertThat(err.toString()).contains("bin/troupe up --home " + home);
  }

  @Test
  void badSettingsStartNothingAndNameTheirPlace() throws IOException {
    Files.writeString(home.resolve("application.conf"), "troupe {\n  gatway {}\n}\n");

    assertThat(run("up", "--home", home.toString())).isEqualTo(5);
    assertThat(err.toString()).contains("application.conf:2", "did you mean 'gateway'?");
    assertThat(home.resolve("run")).doesNotExist();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamedWithAWayOut() throws IOException {
    Files.writeString(home.resolve("data"), "in the way");

    assertThat(run("up", "--home", home.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("data is not a directory", "troupe.storage.directory")
        .doesNotContain("Exception");
  }

  @Test
  void aSecondUpIsRefusedWithThePidOfTheFirst() throws IOException {
    Path run = Files.createDirectories(home.resolve("run"));
    LauncherLock lock = LauncherLock.acquire(run).orElseThrow();
    try (lock) {
      assertThat(run("up", "--home", home.toString())).isEqualTo(4);
    }

    assertThat(err.toString())
        .contains("pid " + ProcessHandle.current().pid(), "bin/troupe status", "bin/troupe down");
  }

  @Test
  void theJsonIsWhatTheSeedNodeAnswered() throws IOException {
    ClusterStatus status =
        new ClusterStatus("http://127.0.0.1:5000", List.of(Slots.running("seed-1", 7)));
    try (ControlServer server = server(200, status)) {
      assertThat(run("status", "--json", "--home", home.toString())).isZero();
      assertThat(server.calls()).hasSize(1);
    }

    assertThat(out.toString().strip()).isEqualTo(new String(Json.write(status), UTF_8));
  }

  @Test
  void anUnknownSlotIsAnsweredWithTheKnownOnes() throws IOException {
    try (ControlServer server = server(404, new ControlError("there are: seed-1"))) {
      assertThat(run("restart", "X", "--home", home.toString())).isEqualTo(6);
      assertThat(server.calls()).hasSize(1);
    }
    assertThat(err.toString()).contains("there are: seed-1");

    Path logs = Files.createDirectories(home.resolve("run/logs"));
    Files.writeString(logs.resolve("a-1.log"), "");
    assertThat(run("logs", "X", "--home", home.toString())).isEqualTo(6);
    assertThat(err.toString()).contains("There are: a-1");
  }

  @Test
  void aRollingRestartEndsAsTheSeedNodeSaysItDid() throws IOException {
    try (ControlServer server = server(200, rolled(Rollout.State.DONE, "all replaced"))) {
      assertThat(run("restart", "--rolling", "A", "--home", home.toString())).isZero();
      assertThat(server.calls()).hasSize(2);
    }
    assertThat(out.toString()).contains("A: all processes replaced");

    try (ControlServer server =
        server(200, rolled(Rollout.State.FAILED, "A-1 did not get ready"))) {
      assertThat(run("restart", "--rolling", "A", "--home", home.toString())).isEqualTo(1);
      assertThat(server.calls()).hasSize(2);
    }
    assertThat(err.toString()).contains("A-1 did not get ready");
  }

  @Test
  void aRollingRestartWhoseSeedNodeForgotItSaysSo() throws IOException {
    ClusterStatus forgot = new ClusterStatus(null, List.of(Slots.running("seed-1", 7)));
    try (ControlServer server = server(200, forgot)) {
      assertThat(run("restart", "--rolling", "A", "--home", home.toString())).isEqualTo(1);
      assertThat(server.calls()).hasSize(2);
    }
    assertThat(err.toString()).contains("relaunched meanwhile", "bin/troupe status");
  }

  @Test
  void scalingEndsWhenAsManyAreReadyOrOneHasFailed() throws IOException {
    SlotStatus running = Slots.running("A-1", 7);
    ClusterStatus ready = new ClusterStatus(null, List.of(running));
    try (ControlServer server = server(200, ready)) {
      assertThat(run("scale", running.service(), "1", "--home", home.toString())).isZero();
      assertThat(server.calls()).hasSize(2);
    }
    assertThat(out.toString()).contains("has 1 ready");

    SlotStatus failed = Slots.failed("A-1");
    try (ControlServer server = server(200, new ClusterStatus(null, List.of(failed)))) {
      assertThat(run("scale", failed.service(), "2", "--home", home.toString())).isEqualTo(1);
      assertThat(server.calls()).hasSize(2);
    }
  }

  private static ClusterStatus rolled(Rollout.State state, String text) {
    return new ClusterStatus(null, List.of(), List.of(new Rollout("A", state, text)));
  }

  private ControlServer server(int status, Object body) throws IOException {
    ControlServer server = new ControlServer();
    server.answer(status, body);
    server.writeControlFile(home.resolve("run"));
    return server;
  }

  private int run(String... arguments) {
    CommandLine main = Main.commandLine();
    main.setOut(new PrintWriter(out, true));
    main.setErr(new PrintWriter(err, true));
    return main.execute(arguments);
  }
}
