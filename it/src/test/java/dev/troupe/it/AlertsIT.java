package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.Alert;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are told, over the death of the seed node. */
final class AlertsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SETTINGS =
      """
      troupe.services {
        UserService {
          class = "dev.troupe.service.user.UserService"
          restart.max-restarts = 1
        }
        NotificationService {
          class = "dev.troupe.service.notification.NotificationService"
          settings.channels.email {
            kind = smtp, host = "127.0.0.1", port = 1, from = "troupe@example.org"
          }
        }
      }
      """;

  @TempDir Path home;

  @Test
  void anAlertIsToldOnceAlthoughTheSeedNodeIsKilled() throws IOException {
    try (Cluster cluster = Cluster.start(home, SETTINGS)) {
      // There is no such user, so the mail is given up at once.
      Answer accepted =
          cluster.client().post("/notifications", "{\"user_id\":987654321,\"message\":\"hello\"}");
      assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> isTold(cluster, "dead-notifications"));
      long first = cluster.pid("UserService-1");
      cluster.signal("KILL", first);
      cluster.awaitRunning("UserService-1", first);
      cluster.signal("KILL", cluster.pid("UserService-1"));
      cluster.awaitSlot("UserService-1", slot -> slot.state() == SlotState.FAILED);
      await().atMost(PATIENCE).until(() -> isTold(cluster, "slot-failed"));
      List<Alert> before = alerts(cluster);

      long seed = cluster.pid("seed-1");
      cluster.signal("KILL", seed);
      cluster.awaitRunning("seed-1", seed);
      await().atMost(PATIENCE).until(() -> isTold(cluster, "seed-relaunched"));
      assertThat(alerts(cluster))
          .extracting(Alert::kind, Alert::since)
          .containsAll(before.stream().map(alert -> tuple(alert.kind(), alert.since())).toList());

      Command restart = cluster.run("restart", "UserService-1");
      assertThat(restart.exitCode()).as(restart.output()).isZero();
      await().atMost(PATIENCE).until(() -> told("alert resolved: slot-failed") == 1);
      assertThat(alerts(cluster))
          .extracting(Alert::kind)
          .contains("dead-notifications", "seed-relaunched")
          .doesNotContain("slot-failed");
      for (String kind : List.of("dead-notifications", "slot-failed", "seed-relaunched")) {
        assertThat(told("alert raised: " + kind)).as(kind).isEqualTo(1);
      }
    }
  }

  private record Alerts(List<Alert> alerts) {}

  private static boolean isTold(Cluster cluster, String kind) {
    return alerts(cluster).stream().anyMatch(alert -> alert.kind().equals(kind));
  }

  private static List<Alert> alerts(Cluster cluster) {
    Command command = cluster.run("alerts", "--json");
    assertThat(command.exitCode()).as(command.output()).isZero();
    try {
      return Json.MAPPER.readValue(command.output(), Alerts.class).alerts();
    } catch (IOException e) {
      throw new IllegalStateException(command.output(), e);
    }
  }

  private long told(String line) throws IOException {
    Path log = home.resolve("run").resolve("logs").resolve("seed-1.log");
    try (var lines = Files.lines(log)) {
      return lines.filter(one -> one.contains(line)).count();
    }
  }
}
