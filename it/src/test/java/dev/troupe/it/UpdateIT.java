package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.it.broken.FailsOnDemand;
import dev.troupe.protocol.process.ProcessInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running cluster gets other jars, as docs/operations.md says, and no request fails. */
final class UpdateIT {
  private static final String SETTINGS =
      """
      # A test asserts that a request is answered, not how fast this machine is.
      troupe.gateway { instances = 2, request-timeout = 40s, waiting-room.timeout = 40s }
      troupe.services.UserService { class = "dev.troupe.service.user.UserService" }
      """;

  @TempDir private Path directory;
  private Path home;

  @Test
  void allProcessesRunTheNewJarsAndNoRequestHasFailed() throws Exception {
    Installation installation = Installation.in(directory.resolve("installation"));
    home = directory.resolve("home");
    try (Cluster cluster = Cluster.in(home, SETTINGS)) {
      ServiceJar.pack(home, FailsOnDemand.class);
      assertSucceeds(installation.troupe(home, "up", "-d"));
      Map<String, Long> before = cluster.awaitWhole();
      List<String> old = deployed();
      String gateway = String.valueOf(cluster.status().gateway());
      Client reader = Client.ofGateway(gateway);
      Client writer = Client.ofGateway(gateway);
      try (Traffic reads = Traffic.of(() -> reader.get("/users?limit=1"));
          Traffic writes = Traffic.of(() -> write(writer))) {
        installation.changeJars();
        Installation.change(home.resolve("services/broken.jar"));

        assertSucceeds(installation.troupe(home, "update"));

        assertThat(reads.failures()).isEmpty();
        assertThat(writes.failures()).isEmpty();
        assertThat(reads.answered()).isPositive();
        assertThat(writes.answered()).isPositive();
      }
      assertThat(deployed()).doesNotContainAnyElementsOf(old);
      Map<String, Long> after = cluster.awaitWhole();
      assertThat(after.keySet()).isEqualTo(before.keySet());
      assertThat(after.values()).doesNotContainAnyElementsOf(before.values());
      after.forEach((slot, pid) -> assertRunsFrom(deployed().get(0), pid));
      assertThat(Path.of(old.get(0))).as("its launcher runs from there").isDirectory();
    }
  }

  private static Answer write(Client client) {
    return client.post(
        "/users",
        "{\"username\":\"u%s\",\"email\":\"a@example.com\"}".formatted(UUID.randomUUID()));
  }

  /** The directories with the copies of the jars, Troupe's and those of services. */
  private List<String> deployed() {
    try {
      return Files.readAllLines(home.resolve("run/version"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertRunsFrom(String version, long pid) {
    List<String> arguments = ProcessInfo.arguments(ProcessHandle.of(pid).orElseThrow());
    assertThat(arguments).anyMatch(argument -> argument.startsWith(version + "/lib/"));
  }

  private static void assertSucceeds(Command command) {
    assertThat(command.exitCode()).as(command.output()).isZero();
  }
}
