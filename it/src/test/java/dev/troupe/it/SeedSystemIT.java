package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The ten things the seed system tested, in its order and under its names. */
@OnSharedCluster
final class SeedSystemIT {
  @Test
  void processCreation(Cluster cluster) {
    Set<Long> pids = new HashSet<>();
    for (SlotStatus slot : cluster.status().slots()) {
      assertThat(slot.pid()).isNotNull();
      assertThat(ProcessHandle.of(slot.pid())).isPresent();
      pids.add(slot.pid());
    }
    assertThat(pids).as("a process of its own for each").hasSize(cluster.status().slots().size());
  }

  @Test
  void serviceRegistration(Cluster cluster) {
    JsonNode services = cluster.client().get("/services").at("/services");
    for (String name : new String[] {"UserService", "OrderService", "NotificationService"}) {
      JsonNode service = services.get(name);
      assertThat(service.get("pid").asLong()).isEqualTo(cluster.pid(name + "-1"));
      assertThat(service.get("status").asText()).isEqualTo("running");
      assertThat(service.get("registered_at").asText()).isNotBlank();
    }
  }

  @Test
  void messagePassing(Cluster cluster) {
    Answer created = createUser(cluster.client());
    assertThat(created.status()).as("gateway to service and back").isEqualTo(201);
  }

  @Test
  void sharedMemory(Cluster cluster) {
    Client client = cluster.client();
    long before = requests(client, "UserService");
    for (int i = 0; i < 5; i++) {
      client.get("/users/1");
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> requests(client, "UserService") >= before + 5);
  }

  @Test
  void serviceDiscovery(Cluster cluster) {
    Answer services = cluster.client().get("/services");
    assertThat(services.at("/count").asInt()).isEqualTo(4);
    assertThat(services.at("/services/OrderService/instances")).hasSize(1);
    JsonNode members = cluster.client().get("/cluster").at("/members");
    assertThat(members).hasSize(6);
    assertThat(members).allMatch(member -> member.get("status").asText().equals("Up"));
  }

  @Test
  void healthCheck(Cluster cluster) {
    Answer health = cluster.client().get("/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.at("/status").asText()).isEqualTo("healthy");
    Answer one = cluster.client().get("/services/UserService/health");
    assertThat(one.at("/health").asText()).isEqualTo("healthy");
    assertThat(one.at("/stats/last_heartbeat").asText()).isNotBlank();
  }

  @Test
  void interServiceCommunication(Cluster cluster) {
    Client client = cluster.client();
    long user = createUser(client).at("/user/id").asLong();
    long askedBefore = requests(client, "UserService");
    Answer order = client.post("/orders", "{\"user_id\":%d,\"product\":\"Book\"}".formatted(user));
    assertThat(order.status()).isEqualTo(201);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> requests(client, "UserService") > askedBefore);
  }

  @Test
  void apiGateway(Cluster cluster) {
    Answer root = cluster.client().get("/");
    assertThat(root.status()).isEqualTo(200);
    assertThat(root.raw().headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
  }

  @Test
  void messageFormat(Cluster cluster) {
    Answer success = createUser(cluster.client());
    assertThat(success.at("/status").asText()).isEqualTo("success");
    assertThat(success.at("/request_id").asText()).isNotBlank();
    Answer error = cluster.client().get("/users/999999999");
    assertThat(error.at("/status").asText()).isEqualTo("error");
    assertThat(error.at("/message").asText()).contains("999999999");
    assertThat(error.at("/request_id").asText()).isNotBlank();
  }

  @Test
  void serviceManager(Cluster cluster) {
    long before = cluster.pid("NotificationService-1");
    assertThat(cluster.run("restart", "NotificationService").exitCode()).isZero();
    SlotStatus after = cluster.awaitRunning("NotificationService-1", before);
    assertThat(after.state()).isEqualTo(SlotState.RUNNING);
    assertThat(ProcessHandle.of(before)).isEmpty();
  }

  private static long requests(Client client, String service) {
    return client.get("/services").at("/services/" + service + "/stats/requests").asLong();
  }

  private static Answer createUser(Client client) {
    return client.post(
        "/users",
        "{\"username\":\"u%s\",\"email\":\"a@example.com\"}".formatted(UUID.randomUUID()));
  }
}
