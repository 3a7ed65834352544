package dev.troupe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.control.ControlServer;
import dev.troupe.cli.display.Slots;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlError;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.RouteList;
import dev.troupe.protocol.control.ServiceRoute;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
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
  @ValueSource(
      strings = {
        "up",
        "down",
        "status",
        "routes",
        "logs",
        "events",
        "why",
        "restart",
        "scale",
        "dev",
        "update",
        "reload",
        "dashboard"
      })
  void everyCommandExplainsItselfAndItsExitCodes(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: troupe " + command, "--home", "Exit codes:", "no cluster runs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "archive", "new", "install-api"})
  void whatNeedsNoClusterExplainsItselfToo(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: troupe " + command);
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("up", "down", "status", "logs", "events", "why", "restart");
  }

  @Test
  void anUnknownCommandOrHomeIsAnErrorOfUsage() {
    assertThat(run("dwon")).isEqualTo(2);
    assertThat(run("status", "--home", home + "/absent")).isEqualTo(2);
    assertThat(err.toString()).contains("/absent is not a directory");
    assertThat(run("logs", "-n", "-1", "--home", home.toString())).isEqualTo(2);
  }

  @Test
  void aProjectWhoseNamesCannotBeIsNotBegun() {
    String directory = home.resolve("project").toString();
    assertThat(run("new", "--dir", directory)).isEqualTo(2);
    assertThat(run("new", "UserService", "--dir", directory)).isEqualTo(2);
    assertThat(run("new", "StockService", "--package", "a.new", "--dir", directory)).isEqualTo(2);
    assertThat(run("new", "StockService", "--dir", home.getParent().toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("NAME", "comes with a service of this name", "'new' is none", "is overwritten");
    assertThat(home).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "down",
        "status",
        "routes",
        "logs",
        "events",
        "restart A-1",
        "restart --rolling A",
        "scale A 2",
        "update",
        "reload"
      })
  void withNothingRunningEachCommandSaysHowToStart(String command) {
    String[] line = (command + " --home " + home).split(" ");
    assertThat(run(line)).isEqualTo(3);
    assertThat(err.toString()).contains("bin/troupe up --home " + home);
  }

  @Test
  void whatHappenedCanBeAskedWhileNothingRuns() throws IOException {
    assertThat(run("why", "A-1", "--home", home.toString())).isEqualTo(3);
    assertThat(err.toString()).contains("bin/troupe up --home " + home);

    Files.writeString(home.resolve("application.conf"), "troupe.services.Late.class = a.Late");
    Event ready = Event.of(Slots.SINCE, "A-1", EventKind.READY, 1, 7L);
    Path journal = Files.createDirectories(home.resolve("run")).resolve(Event.FILE);
    Files.write(journal, Json.write(ready));
    Files.writeString(journal, "\n{\"at", StandardOpenOption.APPEND);

    assertThat(run("events", "--json", "--home", home.toString())).isZero();
    assertThat(out.toString().strip()).isEqualTo(new String(Json.write(ready), UTF_8));
    assertThat(run("events", "A", "--home", home.toString())).isZero();
    assertThat(out.toString()).contains("pid 7, generation 1");
    assertThat(run("why", "A", "--home", home.toString())).isZero();
    assertThat(out.toString())
        .contains("No seed node answers", "A-1 was last seen running (pid 7, generation 1)");
    assertThat(run("why", "Late-1", "--home", home.toString())).isZero();
    assertThat(out.toString()).contains("Late-1 has never been launched");
    assertThat(run("events", "Lat-1", "--home", home.toString())).isEqualTo(6);
    assertThat(run("why", "a-2", "--home", home.toString())).isEqualTo(6);
    assertThat(err.toString()).contains("did you mean 'Late-1'?", "did you mean 'A-1'?");
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
  void theJsonIsWhatTheSeedNodeAnsweredAndWhetherTheSettingsWereChanged() throws IOException {
    ClusterStatus status =
        new ClusterStatus("http://127.0.0.1:5000", List.of(Slots.running("seed-1", 7)));
    try (ControlServer server = server(200, status)) {
      assertThat(run("status", "--json", "--home", home.toString())).isZero();
      assertThat(server.calls()).hasSize(1);
    }

    String answered = new String(Json.write(status), UTF_8);
    assertThat(out.toString().strip())
        .isEqualTo(answered.substring(0, answered.length() - 1) + ",\"settings_changed\":false}");
  }

  @Test
  void theRoutesAreATableOrWhatTheSeedNodeAnswered() throws IOException {
    RouteList routes =
        new RouteList(
            List.of(
                new ServiceRoute("GET", "/health", "gateway", "health", 1),
                new ServiceRoute("GET", "/users/{id}", "UserService", "get_user", 2)));
    try (ControlServer server = server(200, routes)) {
      assertThat(run("routes", "--home", home.toString())).isZero();
      assertThat(out.toString().lines())
          .containsExactly(
              "METHOD  PATH         SERVICE      ACTION    READY",
              "GET     /health      gateway      health    1",
              "GET     /users/{id}  UserService  get_user  2");
      out.getBuffer().setLength(0);

      assertThat(run("routes", "--json", "--home", home.toString())).isZero();
      assertThat(out.toString().strip()).isEqualTo(new String(Json.write(routes), UTF_8));
      assertThat(server.calls()).containsOnly("GET /routes Bearer secret");
    }
  }

  @Test
  void theDashboardIsReachedByALinkOfTheSeedNode() throws IOException {
    try (ControlServer server =
        server(200, Map.of("path", "/login/some-code", "valid_seconds", 300))) {
      String url = server.file().url() + "/login/some-code";

      assertThat(run("dashboard", "--no-open", "--home", home.toString())).isZero();
      assertThat(out.toString().lines())
          .containsExactly(
              url, "Open it in a browser of this machine within 5 minutes. The link is good once.");
      out.getBuffer().setLength(0);

      assertThat(run("dashboard", "--json", "--home", home.toString())).isZero();
      assertThat(Json.MAPPER.readTree(out.toString()))
          .isEqualTo(Json.MAPPER.readTree("{\"url\":\"%s\",\"valid_seconds\":300}".formatted(url)));
      assertThat(server.calls()).containsOnly("POST /login-link Bearer secret");
    }
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
  void scalingEndsAsTheSeedNodeSaysItDid() throws IOException {
    try (ControlServer server = server(200, scaled(Rollout.State.DONE, "A has 1 ready"))) {
      assertThat(run("scale", "A", "1", "--home", home.toString())).isZero();
      assertThat(server.calls()).hasSize(2);
    }
    assertThat(out.toString()).contains("A has 1 ready");

    try (ControlServer server =
        server(200, scaled(Rollout.State.FAILED, "replaced by a later scale"))) {
      assertThat(run("scale", "A", "2", "--home", home.toString())).isEqualTo(1);
      assertThat(server.calls()).hasSize(2);
    }
    assertThat(err.toString()).contains("A: replaced by a later scale");
  }

  private static ClusterStatus scaled(Rollout.State state, String text) {
    return new ClusterStatus(
        null, List.of(), List.of(new Rollout(0, "A", Rollout.Kind.SCALE, state, text)));
  }

  private static ClusterStatus rolled(Rollout.State state, String text) {
    return new ClusterStatus(
        null, List.of(), List.of(new Rollout(0, "A", Rollout.Kind.RESTART, state, text)));
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
