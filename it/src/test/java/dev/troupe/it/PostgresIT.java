package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All services in PostgreSQL, which is killed under load: nothing acknowledged is lost. */
final class PostgresIT {
  private static final int WRITERS = 4;
  private static final int ENOUGH = 10;

  @TempDir private Path directory;

  @Test
  void aDatabaseThatIsKilledMakesServicesUnhealthyAndLosesNothing() throws Exception {
    try (PostgresServer server = new PostgresServer(directory);
        Cluster cluster = cluster(server)) {
      Client client = cluster.client();
      long user = id(client.post("/users", user()));
      Answer order =
          client.post("/orders", "{\"user_id\":%d,\"product\":\"Laptop\"}".formatted(user));
      assertThat(order.status()).as(order.text()).isEqualTo(201);
      Answer notification =
          client.post("/notifications", "{\"user_id\":%d,\"message\":\"Hi\"}".formatted(user));
      assertThat(notification.status()).as(notification.text()).isEqualTo(202);
      Map<String, Long> before = pids(cluster);

      List<Long> acknowledged = writeWhile(client, () -> killAndStartAgain(server, cluster));

      assertThat(acknowledged).doesNotHaveDuplicates();
      for (long id : acknowledged) {
        assertThat(client.get("/users/" + id).status()).as("user " + id).isEqualTo(200);
      }
      assertThat(pids(cluster)).as("no process was relaunched").isEqualTo(before);
      assertThat(client.post("/users", user()).status()).isEqualTo(201);
      assertDataMovesToSqlite(cluster);
    }
  }

  private void assertDataMovesToSqlite(Cluster cluster) {
    String file = directory.resolve("data.jsonl").toString();
    Command early = cluster.run("data", "export", file);
    assertThat(early.exitCode()).as(early.output()).isEqualTo(4);
    assertThat(early.output()).contains("Stop it first");

    cluster.run("down");
    Command exported = cluster.run("data", "export", file);
    assertThat(exported.exitCode()).as(exported.output()).isZero();
    Cluster embedded = Cluster.in(directory.resolve("embedded"), Cluster.THREE_SERVICES);
    Command imported = embedded.run("data", "import", file);
    assertThat(imported.exitCode()).as(imported.output()).isZero();
    assertThat(imported.output().lines().sorted())
        .containsAll(exported.output().lines().toList())
        .anyMatch(line -> line.startsWith("OrderService.orders: 1 rows"));
  }

  private Cluster cluster(PostgresServer server) {
    return Cluster.start(
        directory.resolve("home"),
        Cluster.THREE_SERVICES + "troupe.storage.url = \"%s\"\n".formatted(server.url()));
  }

  private interface Meanwhile {
    void happens() throws Exception;
  }

  /** The ids of all users that were said to be created. */
  private static List<Long> writeWhile(Client client, Meanwhile meanwhile) throws Exception {
    AtomicBoolean end = new AtomicBoolean();
    CountDownLatch underWay = new CountDownLatch(WRITERS * ENOUGH);
    List<CompletableFuture<List<Long>>> writers =
        IntStream.range(0, WRITERS)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> write(client, end, underWay), work -> new Thread(work).start()))
            .toList();
    List<Long> acknowledged = new ArrayList<>();
    try {
      assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
      meanwhile.happens();
    } finally {
      end.set(true);
      writers.forEach(writer -> acknowledged.addAll(writer.join()));
    }
    return acknowledged;
  }

  private static List<Long> write(Client client, AtomicBoolean end, CountDownLatch underWay) {
    List<Long> acknowledged = new ArrayList<>();
    while (!end.get()) {
      Answer answer = client.post("/users", user());
      if (answer.status() == 201) {
        acknowledged.add(id(answer));
        underWay.countDown();
      } else {
        assertThat(answer.status()).as(answer.text()).isIn(503, 504);
      }
    }
    return acknowledged;
  }

  private static void killAndStartAgain(PostgresServer server, Cluster cluster) throws Exception {
    server.kill();
    SlotStatus unhealthy =
        cluster.awaitSlot("UserService-1", slot -> slot.state() == SlotState.UNHEALTHY);
    assertThat(unhealthy.reason()).isNotBlank();
    assertThat(cluster.run("why", "UserService-1").output())
        .contains("is unhealthy", unhealthy.reason());
    server.startAgain();
    for (String slot : List.of("UserService-1", "OrderService-1", "NotificationService-1")) {
      cluster.awaitSlot(slot, now -> now.state() == SlotState.RUNNING);
    }
    Client client = cluster.client();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> client.post("/users", user()).status() == 201);
  }

  private static Map<String, Long> pids(Cluster cluster) {
    Map<String, Long> pids = new HashMap<>();
    cluster.status().slots().forEach(slot -> pids.put(slot.slot(), slot.pid()));
    return pids;
  }

  private static String user() {
    return "{\"username\":\"u%s\",\"email\":\"a@example.com\"}".formatted(UUID.randomUUID());
  }

  private static long id(Answer answer) {
    return answer.at("/user/id").asLong();
  }
}
