package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock that shows the time of day is set while a cluster runs. Needs libfaketime. */
final class ClockIT {
  private static final String SETTINGS =
      """
      troupe.gateway { request-timeout = 40s, waiting-room.timeout = 40s }
      troupe.health { heartbeat-timeout = 4s, suspect-after = 2s }
      troupe.services.UserService { class = "dev.troupe.service.user.UserService" }
      troupe.seed.environment.set {
        DONT_FAKE_MONOTONIC = "1", FAKETIME_CACHE_DURATION = "1", FAKETIME_TIMESTAMP_FILE = "%s"
        FAKETIME_FORCE_MONOTONIC_FIX = "0"
      }
      """;

  /** Longer than a silence that is believed. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(8);

  @TempDir private Path directory;

  @Test
  void nothingIsDecidedByTheTimeOfDay() throws IOException {
    Path offset = Files.writeString(directory.resolve("offset"), "+0");
    try (Cluster cluster = start(offset)) {
      Map<String, Long> pids = cluster.awaitWhole();
      Client client = cluster.client();

      set(offset, "-1h", client, Duration.ofHours(-1));
      assertNothingHappens(cluster, client, pids);
      assertIsReplaced(cluster, "UserService-1");

      set(offset, "+2h", client, Duration.ofHours(2));
      assertNothingHappens(cluster, client, cluster.awaitWhole());
      assertIsReplaced(cluster, "gateway-1");

      set(offset, "-2m", client, Duration.ofMinutes(-2));
      assertIsReplaced(cluster, "UserService-1");
      assertThat(client.get("/users").status()).isEqualTo(200);
    }
  }

  private Cluster start(Path offset) throws IOException {
    return Cluster.in(directory.resolve("home"), SETTINGS.formatted(offset), 0, faked(offset)).up();
  }

  private static void assertNothingHappens(Cluster cluster, Client client, Map<String, Long> pids) {
    await()
        .during(LONG_ENOUGH)
        .atMost(LONG_ENOUGH.multipliedBy(3))
        .until(
            () -> {
              Answer answer = client.get("/users");
              assertThat(answer.status()).as(answer.text()).isEqualTo(200);
              assertThat(cluster.pids()).isEqualTo(pids);
              return true;
            });
  }

  private static void assertIsReplaced(Cluster cluster, String slot) {
    long pid = cluster.pid(slot);
    cluster.signal("KILL", pid);
    cluster.awaitRunning(slot, pid);
  }

  /** Sets all clocks and waits until a heartbeat shows it. */
  private static void set(Path offset, String text, Client client, Duration away)
      throws IOException {
    Files.writeString(offset, text);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              JsonNode beat =
                  client.get("/services").at("/services/UserService/stats/last_heartbeat");
              // A new gateway has not heard of any heartbeat yet.
              if (beat.isNull()) {
                return false;
              }
              Duration off =
                  Duration.between(Instant.now().plus(away), Instant.parse(beat.asText()));
              return off.abs().compareTo(Duration.ofSeconds(30)) < 0;
            });
  }

  private static Map<String, String> faked(Path offset) throws IOException {
    Optional<Path> library = library();
    if (library.isEmpty() && System.getenv("CI") != null) {
      return fail("no libfaketime, which CI has to have (apt-get install faketime)");
    }
    if (library.isEmpty()) {
      System.err.println("ClockIT IS SKIPPED: no libfaketime (apt-get install faketime)");
    }
    Assumptions.assumeTrue(library.isPresent(), "libfaketime is not installed");
    return Map.of(
        "LD_PRELOAD",
        library.orElseThrow().toString(),
        "FAKETIME_TIMESTAMP_FILE",
        offset.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "DONT_FAKE_MONOTONIC",
        "1",
        // Else each wait of a JVM for a time of its monotonic clock ends at once, and it spins.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  private static Optional<Path> library() throws IOException {
    Path root = Path.of("/usr/lib");
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> architectures = Files.newDirectoryStream(root, "*-linux-gnu*")) {
      for (Path architecture : architectures) {
        Path library = architecture.resolve("faketime").resolve("libfaketimeMT.so.1");
        if (Files.exists(library)) {
          return Optional.of(library);
        }
      }
    }
    return Optional.empty();
  }
}
