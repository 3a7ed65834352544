package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.control.SlotStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9: another process takes the slot, and the data is as it was acknowledged. */
@OnSharedCluster
final class KillIT {
  @Test
  void aKilledServiceIsBackWithItsDataAndNoRequestFails(Cluster cluster) {
    Client client = cluster.client();
    long user = createUser(client);
    long pid = cluster.pid("UserService-1");
    int generation = cluster.slot("UserService-1").generation();
    cluster.signal("KILL", pid);
    for (int i = 0; i < 20; i++) {
      Answer answer = client.get("/users/" + user);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
    SlotStatus after = cluster.awaitRunning("UserService-1", pid);
    assertThat(after.generation()).isEqualTo(generation + 1);
    // Another test may have had it adopted, and of a process that is no child nobody sees the code.
    assertThat(after.reason()).containsAnyOf("SIGKILL", "exit code not seen");
    assertThat(createUser(client)).as("ids go on").isGreaterThan(user);
  }

  @Test
  void aWriteWithoutAKeyThatIsInFlightFailsAndTheNextOneWaits(Cluster cluster) {
    Client client = cluster.client();
    long pid = cluster.pid("UserService-1");
    cluster.signal("STOP", pid);
    CompletableFuture<Answer> inFlight = CompletableFuture.supplyAsync(() -> postUser(client));
    await().atMost(Duration.ofSeconds(8)).until(() -> callsOfTheGateway(client) == 1);

    cluster.signal("KILL", pid);

    Answer lost = inFlight.join();
    assertThat(lost.status()).as(lost.text()).isEqualTo(503);
    assertThat(lost.text()).contains("was lost while it had this request", "is unknown");
    assertThat(postUser(client).status()).isEqualTo(201);
    cluster.awaitRunning("UserService-1", pid);
  }

  @Test
  void totalsSurviveTheDeathOfAnInstance(Cluster cluster) {
    Client client = cluster.client();
    for (int i = 0; i < 10; i++) {
      client.get("/orders/1");
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> requests(client) >= 10);
    long before = requests(client);
    long pid = cluster.pid("OrderService-1");
    cluster.signal("KILL", pid);
    cluster.awaitRunning("OrderService-1", pid);
    assertThat(requests(client)).isGreaterThanOrEqualTo(before);
  }

  @Test
  void aKilledGatewayIsBack(Cluster cluster) {
    String url = cluster.status().gateway();
    long pid = cluster.pid("gateway-1");
    cluster.signal("KILL", pid);
    cluster.awaitRunning("gateway-1", pid);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> cluster.client().get("/health").status() == 200);
    assertThat(url).isNotNull().as("any free port is kept").isEqualTo(cluster.status().gateway());
  }

  @Test
  void aKilledSeedAdoptsWhatRunsAndClientsNoticeNothing(Cluster cluster) {
    Map<String, Long> before = cluster.pids();
    Client client = cluster.client();
    long user = createUser(client);
    long seed = cluster.pid("seed-1");
    try (Traffic traffic = Traffic.of(() -> client.get("/users/" + user))) {
      await().until(() -> traffic.answered() > 0);
      cluster.signal("KILL", seed);
      cluster.awaitRunning("seed-1", seed);
      assertThat(traffic.failures()).isEmpty();
    }
    before.remove("seed-1");
    before.forEach((slot, pid) -> cluster.awaitSlot(slot, now -> pid.equals(now.pid())));
    before.forEach((slot, pid) -> assertThat(cluster.awaitRunning(slot, -1).pid()).isEqualTo(pid));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(client.get("/cluster").at("/members"))
                    .hasSize(before.size() + 1)
                    .allMatch(member -> member.get("status").asText().equals("Up")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "corrupt"})
  void aLostStateFileLosesNoProcess(String how, Cluster cluster) throws Exception {
    Map<String, Long> before = cluster.pids();
    Path state = cluster.home().resolve("run").resolve("state.json");
    long seed = cluster.pid("seed-1");
    // Stopped first, so that it cannot write the file again before it dies.
    cluster.signal("STOP", seed);
    if (how.equals("missing")) {
      Files.delete(state);
    } else {
      Files.writeString(state, "{\"slots\":[{");
    }
    cluster.signal("KILL", seed);
    cluster.awaitRunning("seed-1", seed);
    before.remove("seed-1");
    before.forEach((slot, pid) -> assertThat(cluster.awaitRunning(slot, -1).pid()).isEqualTo(pid));
  }

  private static int callsOfTheGateway(Client client) {
    for (JsonNode caller : client.get("/services").at("/services/UserService/callers")) {
      if (caller.get("slot").asText().equals("gateway-1")) {
        return caller.at("/bulkhead/calls").asInt();
      }
    }
    return 0;
  }

  private static long requests(Client client) {
    return client.get("/services").at("/services/OrderService/stats/requests").asLong();
  }

  private static long createUser(Client client) {
    Answer created = postUser(client);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return created.at("/user/id").asLong();
  }

  private static Answer postUser(Client client) {
    return client.post(
        "/users",
        "{\"username\":\"u%s\",\"email\":\"a@example.com\"}".formatted(UUID.randomUUID()));
  }
}
