package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each order that was acknowledged notifies its owner, once, whoever dies meanwhile. */
@OnSharedCluster
final class NotificationIT {
  private static final int ORDERS = 20;

  @Test
  void anOrderNotifiesItsOwnerWhileNotificationServiceIsKilled(Cluster cluster) {
    notifiesWhileKilled(cluster, "NotificationService-1");
  }

  @Test
  void anOrderNotifiesItsOwnerWhileOrderServiceIsKilled(Cluster cluster) {
    notifiesWhileKilled(cluster, "OrderService-1");
  }

  private static void notifiesWhileKilled(Cluster cluster, String slot) {
    Client client = cluster.client();
    long user = createUser(client);
    long pid = cluster.pid(slot);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      expected.add(order(client, user));
    }
    // The last of them are still in the outbox, or claimed.
    cluster.signal("KILL", pid);
    cluster.awaitRunning(slot, pid);
    expected.add(order(client, user));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(of(client, user))
                    .hasSize(expected.size())
                    .allMatch(sent -> sent.get("state").asText().equals("sent")));
    assertThat(of(client, user))
        .extracting(sent -> sent.get("message").asText())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static JsonNode of(Client client, long user) {
    return client.get("/notifications?user_id=" + user).at("/notifications");
  }

  /** Creates an order and says what its owner is to be told. */
  private static String order(Client client, long user) {
    Answer created =
        client.post("/orders", "{\"user_id\":%d,\"product\":\"Laptop\"}".formatted(user));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return "Your order %d was created: 1 × Laptop".formatted(created.at("/order/id").asLong());
  }

  private static long createUser(Client client) {
    Answer created =
        client.post(
            "/users",
            "{\"username\":\"u%s\",\"email\":\"a@example.com\"}".formatted(UUID.randomUUID()));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return created.at("/user/id").asLong();
  }
}
