package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.it.files.JdkServer;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.process.ProcessLiveness;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in three languages that know nothing of Troupe. */
final class ProgramIT {
  private static final Path PROGRAMS = Path.of("src/test/resources/programs").toAbsolutePath();
  private static final int LARGE = 96 << 20;

  private final HttpClient http = Client.newConnections();

  @TempDir private Path home;

  @Test
  void programsServeLikeServicesAndEndWithTheirHosts() throws Exception {
    try (Cluster cluster = Cluster.start(home, settings())) {
      Client client = cluster.client();
      requestsAndAnswersPassAsTheyAre(client);
      otherLanguagesServeToo(client);
      largeBodiesPassInBoundedMemory(cluster, client);
      eventsArriveAtOnce(client);
      brokenAnswersAreTold(client);
      aKilledProgramIsReplacedAndItsRequestsWait(cluster, client);
      nothingOutlivesAHost(cluster, client);
      anExitIsExplained(cluster, client);
      aProgramThatIgnoresTermIsKilled(cluster, client);
      long program = pid(client, "/python/pid");
      assertThat(cluster.run("down").exitCode()).isEqualTo(0);
      assertEnds(program);
    }
  }

  private String settings() {
    return """
        troupe.gateway {
          jvm-options = ["-Xmx64m"]
          request-timeout = 20s
          waiting-room.timeout = 50s
        }
        troupe.restart.max-restarts = 20
        troupe.services {
          Python {
            command = ["python3", "server.py"]
            cwd = "%1$s"
            routes = ["/python"]
            health = "/health"
            stop-timeout = 1s
            environment.set { IGNORE_TERM = "1", SLOW_BEGAN = "%5$s" }
          }
          Node { command = ["node", "server.js"], cwd = "%1$s", routes = ["/node"] }
          Jdk { command = ["%2$s", "-Xmx32m", "-cp", "%3$s", "%4$s"], routes = ["/jdk"] }
          Worker { command = ["sh", "-c", "while :; do sleep 1; done"], port = none }
        }
        """
        .formatted(
            PROGRAMS,
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Path.of("target/test-classes").toAbsolutePath(),
            JdkServer.class.getName(),
            home.resolve("slow"));
  }

  private static void requestsAndAnswersPassAsTheyAre(Client client) {
    Answer answer =
        client.send(
            "PATCH",
            "/python/a%2Fb?x=1&y=%20z",
            "{\"a\":1}",
            "X-Request-Id",
            "same",
            "X-Own",
            "me");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .startsWith("PATCH /python/a%2Fb?x=1&y=%20z\n")
        .endsWith("\n\n{\"a\":1}")
        .contains("X-Own: me", "X-Request-Id: same", "X-Forwarded-For: 127.0.0.1")
        .contains("X-Forwarded-Proto: http");
    assertThat(answer.raw().headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(answer.header("X-Request-Id")).isEqualTo("same");
    assertThat(client.get("/python/status/418").status()).isEqualTo(418);
    assertThat(client.get("/python/status/304").status()).isEqualTo(304);
    Answer head = client.send(client.request("/python/x").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(client.send("POST", "/elsewhere", "").status()).isEqualTo(404);
  }

  private static void otherLanguagesServeToo(Client client) {
    assertThat(client.get("/node/x").text()).startsWith("GET /node/x ");
    assertThat(client.send("PUT", "/node", "").text()).startsWith("PUT /node ");
    assertThat(client.get("/jdk/x?y=z").text()).startsWith("GET /jdk/x?y=z ");
    assertThat(client.send("DELETE", "/jdk", "").text()).startsWith("DELETE /jdk ");
  }

  private void largeBodiesPassInBoundedMemory(Cluster cluster, Client client) throws Exception {
    long gateway = cluster.pid("gateway-1");
    try (InputStream body =
        http.send(client.request("/python/bytes/" + LARGE).build(), BodyHandlers.ofInputStream())
            .body()) {
      assertThat(body.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(LARGE);
    }
    Path file = Files.write(home.resolve("large"), new byte[LARGE]);
    for (String path : List.of("/python/count", "/node/count")) {
      Answer counted = client.send(client.request(path).POST(BodyPublishers.ofFile(file)));
      assertThat(counted.text()).isEqualTo(Integer.toString(LARGE));
    }
    assertThat(cluster.pid("gateway-1")).isEqualTo(gateway);
  }

  private void eventsArriveAtOnce(Client client) throws Exception {
    HttpResponse<InputStream> response =
        http.send(client.request("/python/events").build(), BodyHandlers.ofInputStream());
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(events.readLine()).isEqualTo("data: 0");
    }
  }

  private static void brokenAnswersAreTold(Client client) {
    Answer garbage = client.get("/python/garbage");
    assertThat(garbage.status()).isEqualTo(502);
    assertThat(garbage.text()).contains("Python-1 answered what is not HTTP");
    Answer silence = client.get("/python/silence");
    assertThat(silence.status()).isEqualTo(502);
    assertThat(silence.text()).contains("Python-1 closed the connection without an answer");
  }

  private void aKilledProgramIsReplacedAndItsRequestsWait(Cluster cluster, Client client)
      throws Exception {
    long program = pid(client, "/python/pid");
    CompletableFuture<HttpResponse<String>> inFlight =
        http.sendAsync(client.request("/python/slow").build(), BodyHandlers.ofString());
    await().until(() -> Files.exists(home.resolve("slow")));

    cluster.signal("KILL", program);

    long next = pid(client, "/python/pid");
    assertThat(next).isNotEqualTo(program);
    assertThat(inFlight.join().statusCode()).isEqualTo(200);
    assertThat(cluster.slot("Python-1").reason())
        .contains("its program was killed", "was killed by SIGKILL");
  }

  private static void nothingOutlivesAHost(Cluster cluster, Client client) throws Exception {
    long program = pid(client, "/python/pid");
    long child = pid(client, "/python/child");
    cluster.signal("KILL", cluster.pid("Python-1"));
    assertEnds(program);
    assertEnds(child);

    long both = pid(client, "/python/pid");
    cluster.signal("KILL", cluster.pid("Python-1"), both);
    long last = pid(client, "/python/pid");
    assertThat(last).isNotEqualTo(both);

    // Nobody is left who could look for what they have started.
    cluster.signal("KILL", cluster.launcherPid(), cluster.pid("seed-1"), cluster.pid("Python-1"));
    assertEnds(last);
    assertThat(cluster.run("up", "-d").exitCode()).isZero();
    cluster.awaitSlot("Python-1", slot -> slot.state() == SlotState.RUNNING);
  }

  private static void anExitIsExplained(Cluster cluster, Client client) {
    assertThat(client.send("POST", "/python/exit", "").status()).isEqualTo(503);

    SlotStatus slot = cluster.awaitSlot("Python-1", now -> now.state() == SlotState.RUNNING);

    assertThat(slot.exitCode()).isEqualTo(NodeExit.PROGRAM_FAILED.code());
    assertThat(slot.reason()).contains("'python3 server.py' ended with exit code 3");
  }

  private static void aProgramThatIgnoresTermIsKilled(Cluster cluster, Client client) {
    long program = pid(client, "/python/pid");

    Command restart = cluster.run("restart", "Python-1");

    assertThat(restart.exitCode()).as(restart.output()).isZero();
    assertEnds(program);
    assertThat(pid(client, "/python/pid")).isNotEqualTo(program);
    assertThat(cluster.run("logs", "Python-1").output()).contains("did not end within 1000 ms");
  }

  private static long pid(Client client, String path) {
    Answer answer = client.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return Long.parseLong(answer.text());
  }

  private static void assertEnds(long pid) {
    await().until(() -> ProcessHandle.of(pid).filter(ProcessLiveness::isAlive).isEmpty());
  }

  @Test
  void aProgramThatDoesNotWorkSaysWhy() throws Exception {
    try (Cluster cluster =
        Cluster.in(
            home,
            """
            troupe.start-timeout = 20s
            troupe.restart { max-restarts = 1, initial-backoff = 10ms }
            troupe.logs { max-file-size = 1MiB, total-size = 2MiB }
            troupe.services {
              Missing { command = ["no-such-program"] }
              Deaf { command = ["sleep", "1000"] }
              Brief { command = ["sh", "-c", "echo the licence is missing >&2; exit 4"], port = none }
              Daemon { command = ["sh", "-c", "sleep 1000 & exit 0"], port = none }
              Loud { command = ["yes"], port = none }
            }
            """)) {
      Command up = cluster.run("up", "-d");

      assertThat(up.exitCode()).as(up.output()).isEqualTo(1);
      assertFailed(cluster, "Missing-1", "there is no program 'no-such-program'");
      assertFailed(cluster, "Deaf-1", "it was not ready within 20 s");
      assertFailed(
          cluster, "Brief-1", "ended with exit code 4; its last line: the licence is missing");
      assertFailed(cluster, "Daemon-1", "exit code 0");
      cluster.awaitSlot("Loud-1", now -> now.state() == SlotState.RUNNING);
      Path printed = cluster.home().resolve("run/logs/Loud-1.out.1");
      await().until(() -> Files.exists(printed));
    }
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      assertThat(all.filter(ProcessLiveness::isAlive))
          .noneMatch(process -> process.info().command().orElse("").endsWith("/yes"));
    }
  }

  private static void assertFailed(Cluster cluster, String slot, String reason) {
    SlotStatus failed = cluster.awaitSlot(slot, now -> now.state() == SlotState.FAILED);
    assertThat(failed.reason()).contains(reason);
  }
}
