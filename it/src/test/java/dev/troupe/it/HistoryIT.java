package dev.troupe.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.control.ControlFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of the metrics, when processes and the seed node are killed. */
final class HistoryIT {
  private static final int REQUESTS = 200;

  @TempDir private Path home;

  @Test
  void theHistoryOutlivesTheProcessesItIsAboutAndTheSeedNode() throws Exception {
    try (Cluster cluster =
        Cluster.start(home, Cluster.THREE_SERVICES + "troupe.management.port = 0")) {
      cluster.awaitWhole();
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(cluster.client().get("/users/987654321").status()).isEqualTo(404);
      }
      Instant asked = Instant.now();
      for (String query : List.of("", "slot=UserService-1", "service=UserService")) {
        awaitRequests(cluster, query);
      }
      latest(cluster);
      assertThat(get(cluster, "/history?slot=Nobody-1").status()).isEqualTo(404);
      assertThat(get(cluster, "/history?range=1h").text()).contains("15m or 24h");

      // What a dead process has told is only in the file.
      Path file = home.resolve("run/history.bin.gz");
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> Files.getLastModifiedTime(file).toInstant().isAfter(asked.plusSeconds(6)));
      long user = cluster.pid("UserService-1");
      cluster.signal("KILL", user);
      cluster.awaitRunning("UserService-1", user);
      long seed = cluster.pid("seed-1");
      cluster.signal("KILL", seed);
      cluster.awaitRunning("seed-1", seed);

      for (String query : List.of("", "slot=UserService-1", "service=UserService")) {
        awaitRequests(cluster, query);
      }
      assertThat(metricsOfTheIncident(cluster))
          .contains(",5,UserService-1,", ",5,gateway-1,", ",5,seed-1,");
      // More if something is known of a part of a minute only: it is a rate of that part.
      assertThat(sum(get(cluster, "/history?range=24h").json(), "requests_per_second") * 60)
          .isGreaterThan(REQUESTS * 0.9);
    }
  }

  private static void awaitRequests(Cluster cluster, String query) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonNode history = get(cluster, "/history?" + query).json();
              assertThat(history.get("step_seconds").asInt()).isEqualTo(5);
              assertThat(history.get("requests_per_second")).hasSize(180);
              // Checks of the gateway and figures of three digits make it a little more or less.
              assertThat(sum(history, "requests_per_second") * 5)
                  .as(query)
                  .isBetween(REQUESTS * 0.9, REQUESTS * 1.5);
              assertThat(sum(history, "cpu")).isPositive();
              assertThat(sum(history, "heap_bytes")).isPositive();
              assertThat(sum(history, "resident_bytes")).isPositive();
              assertThat(sum(history, "p95_seconds")).isPositive();
              assertThat(sum(history, "errors_per_second")).isZero();
            });
  }

  private static void latest(Cluster cluster) throws IOException {
    JsonNode latest = get(cluster, "/history/latest").json();
    assertThat(latest.get("slots"))
        .extracting(slot -> slot.get("resident_bytes").asDouble() > 50e6)
        .hasSize(cluster.pids().size())
        .containsOnly(true);
    assertThat(latest.at("/total/requests_per_second").isNumber()).isTrue();
  }

  private static String metricsOfTheIncident(Cluster cluster) throws Exception {
    ControlFile control = ControlFile.read(cluster.home().resolve("run"));
    HttpClient http = Client.newConnections();
    HttpRequest request =
        Client.ofManagement(control.url(), http)
            .request("/slots/UserService-1/incident")
            .header("Authorization", "Bearer " + control.token())
            .build();
    try (ZipInputStream zip =
        new ZipInputStream(http.send(request, BodyHandlers.ofInputStream()).body())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals("metrics.csv")) {
          return new String(zip.readAllBytes(), UTF_8);
        }
      }
    }
    throw new AssertionError("there is no metrics.csv");
  }

  private static Answer get(Cluster cluster, String path) throws IOException {
    return new ControlApi(cluster.home()).get(path);
  }

  private static double sum(JsonNode history, String figure) {
    return StreamSupport.stream(history.get(figure).spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .sum();
  }
}
