package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of notifications that wait, and of those that are dead. */
final class WaitingWorkIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  // Nobody listens there.
  private static final String SETTINGS =
      """
      troupe.services {
        UserService { class = "dev.troupe.service.user.UserService" }
        OrderService {
          class = "dev.troupe.service.order.OrderService"
          depends-on = [UserService]
        }
        NotificationService {
          class = "dev.troupe.service.notification.NotificationService"
          settings.channels {
            email { kind = smtp, host = "127.0.0.1", port = 1, from = "troupe@example.org" }
            hook { kind = webhook, url = "http://127.0.0.1:1/", secret = "0123456789abcdef0123" }
          }
        }
      }
      """;

  @TempDir Path home;

  @Test
  void isCountedAndSurvivesItsProcess() throws IOException {
    try (Cluster cluster = Cluster.start(home, SETTINGS)) {
      Client client = cluster.client();
      assertThat(notify(client, "hook")).isEqualTo(202);
      assertThat(notify(client, "hook")).isEqualTo(202);
      // There is no such user, so the mail is given up at once.
      assertThat(notify(client, "email")).isEqualTo(202);
      await().atMost(PATIENCE).untilAsserted(() -> assertWaitingAndDead(cluster));

      long pid = cluster.pid("NotificationService-1");
      double age = sample(cluster, "troupe_delivery_oldest_age_seconds{channel=\"hook\"");
      cluster.signal("KILL", pid);
      cluster.awaitRunning("NotificationService-1", pid);
      await().atMost(PATIENCE).untilAsserted(() -> assertWaitingAndDead(cluster));
      assertThat(sample(cluster, "troupe_delivery_oldest_age_seconds{channel=\"hook\""))
          .isGreaterThan(age);
    }
  }

  private static int notify(Client client, String type) {
    return client
        .post(
            "/notifications",
            "{\"user_id\":987654321,\"message\":\"hello\",\"type\":\"%s\"}".formatted(type))
        .status();
  }

  private static void assertWaitingAndDead(Cluster cluster) throws IOException {
    assertThat(sample(cluster, "troupe_delivery_waiting{channel=\"hook\"")).isEqualTo(2);
    assertThat(sample(cluster, "troupe_delivery_dead{channel=\"hook\"")).isZero();
    assertThat(sample(cluster, "troupe_delivery_waiting{channel=\"email\"")).isZero();
    assertThat(sample(cluster, "troupe_delivery_dead{channel=\"email\"")).isEqualTo(1);
    assertThat(sample(cluster, "troupe_outbox_waiting{service=\"NotificationService\"")).isZero();
    assertThat(sample(cluster, "troupe_outbox_dead{service=\"NotificationService\"")).isZero();
    assertThat(sample(cluster, "troupe_outbox_unread_seconds{service=\"NotificationService\""))
        .isLessThan((double) PATIENCE.toSeconds());
  }

  /** The only sample that begins so. */
  private static double sample(Cluster cluster, String begin) throws IOException {
    Answer answer = new ControlApi(cluster.home()).get("/metrics");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text().lines().filter(line -> line.startsWith(begin))).as(begin).hasSize(1);
    String line =
        answer.text().lines().filter(one -> one.startsWith(begin)).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
