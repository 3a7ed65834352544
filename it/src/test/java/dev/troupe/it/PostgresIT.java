package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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
      Answer order = client.post("/orders", order(user));
      assertThat(order.status()).as(order.text()).isEqualTo(201);
      Answer notification =
          client.post("/notifications", "{\"user_id\":%d,\"message\":\"Hi\"}".formatted(user));
      assertThat(notification.status()).as(notification.text()).isEqualTo(202);
      Map<String, Long> before = cluster.pids();

      List<String> acknowledged =
          writeWhile(client, user, () -> killAndStartAgain(server, cluster));

      assertThat(acknowledged).doesNotHaveDuplicates();
      for (String path : acknowledged) {
        assertThat(client.get(path).status()).as(path).isEqualTo(200);
      }
      assertThat(cluster.pids()).as("no process was relaunched").isEqualTo(before);
      assertThat(client.post("/users", user()).status()).isEqualTo(201);
      assertDataMovesToSqlite(cluster);
    }
  }

  @Test
  void whateverIsWrongWithTheDatabaseIsSaidAndWaitedOutByTheSameProcess() throws Exception {
    try (PostgresServer server = new PostgresServer(directory);
        Cluster cluster =
            Cluster.in(
                directory.resolve("home"),
                """
                troupe.services.UserService.class = "dev.troupe.service.user.UserService"
                troupe.storage {
                  url = "%s", user = shop, password = opensesame, statement-timeout = 1s
                }
                """
                    .formatted(server.place()))) {
      server.administer("CREATE ROLE shop LOGIN PASSWORD 'another'");
      server.administer("GRANT CREATE ON DATABASE postgres TO shop");
      server.askForThePasswordOf("shop");
      server.kill();
      Process up = cluster.upInForeground(directory.resolve("up.txt"));

      assertUnhealthy(cluster, "cannot be reached");
      long pid = cluster.pid("UserService-1");
      server.startAgain();
      assertUnhealthy(cluster, "refuses the login of 'shop'");
      server.administer("ALTER ROLE shop PASSWORD 'opensesame'");
      assertWritesAgain(cluster);

      server.administer(trigger("RAISE EXCEPTION 'no space' USING ERRCODE = 'disk_full'"));
      assertRefused(cluster, "no space");
      server.administer(trigger("PERFORM pg_sleep(60)"));
      assertRefused(cluster, "statement timeout");
      assertThat(cluster.client().get("/users").status()).as("reads go on").isEqualTo(200);
      server.administer("DROP TRIGGER trouble ON user_service.users");
      assertWritesAgain(cluster);

      assertThat(cluster.pid("UserService-1")).as("never relaunched").isEqualTo(pid);
      server.administer(
          "INSERT INTO user_service.flyway_schema_history SELECT 99, '99', 'later', type,"
              + " 'V99__later.sql', 1, installed_by, installed_on, execution_time, success"
              + " FROM user_service.flyway_schema_history WHERE installed_rank = 1");
      server.administer("UPDATE user_service.troupe_schema SET fingerprint = 99");
      cluster.signal("KILL", pid);
      assertUnhealthy(cluster, "has a schema of version 99");
      server.administer("DELETE FROM user_service.flyway_schema_history WHERE version = '99'");
      assertWritesAgain(cluster);
      assertThat(up.isAlive()).isTrue();
    }
  }

  private static void assertUnhealthy(Cluster cluster, String reason) {
    cluster.awaitSlot(
        "UserService-1",
        slot ->
            slot.state() == SlotState.UNHEALTHY && String.valueOf(slot.reason()).contains(reason));
    assertThat(cluster.run("why", "UserService-1").output())
        .contains("is unhealthy", reason)
        .doesNotContain("opensesame");
  }

  private static void assertRefused(Cluster cluster, String reason) {
    Answer refused = cluster.client().post("/users", user());
    assertThat(refused.status()).as(refused.text()).isEqualTo(503);
    assertThat(refused.text()).contains(reason);
  }

  private static void assertWritesAgain(Cluster cluster) {
    cluster.awaitSlot("UserService-1", slot -> slot.state() == SlotState.RUNNING);
    Answer created = cluster.client().post("/users", user());
    assertThat(created.status()).as(created.text()).isEqualTo(201);
  }

  private static String trigger(String does) {
    return """
        CREATE OR REPLACE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN %s; RETURN NEW; END $$;
        CREATE OR REPLACE TRIGGER trouble BEFORE INSERT ON user_service.users
          FOR EACH ROW EXECUTE FUNCTION trouble()
        """
        .formatted(does);
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
        .anyMatch(line -> line.startsWith("OrderService.orders: "));
  }

  private Cluster cluster(PostgresServer server) {
    return Cluster.start(
        directory.resolve("home"),
        Cluster.THREE_SERVICES + "troupe.storage.url = \"%s\"\n".formatted(server.url()));
  }

  private interface Meanwhile {
    void happens() throws Exception;
  }

  /** The paths of all users, and orders of {@code user}, that were said to be created. */
  private static List<String> writeWhile(Client client, long user, Meanwhile meanwhile)
      throws Exception {
    AtomicBoolean end = new AtomicBoolean();
    CountDownLatch underWay = new CountDownLatch(WRITERS * ENOUGH);
    List<CompletableFuture<List<String>>> writers =
        IntStream.range(0, WRITERS)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            i % 2 == 0
                                ? write(client, "/users", PostgresIT::user, end, underWay)
                                : write(client, "/orders", () -> order(user), end, underWay),
                        work -> new Thread(work).start()))
            .toList();
    List<String> acknowledged = new ArrayList<>();
    try {
      assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
      meanwhile.happens();
    } finally {
      end.set(true);
      writers.forEach(writer -> acknowledged.addAll(writer.join()));
    }
    return acknowledged;
  }

  private static List<String> write(
      Client client,
      String path,
      Supplier<String> body,
      AtomicBoolean end,
      CountDownLatch underWay) {
    List<String> acknowledged = new ArrayList<>();
    while (!end.get()) {
      Answer answer = client.post(path, body.get());
      if (answer.status() == 201) {
        acknowledged.add(answer.raw().headers().firstValue("Location").orElseThrow());
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
    // The reason changes: the connection that broke, then the connections that are refused.
    assertThat(cluster.run("why", "UserService-1").output())
        .contains("is unhealthy")
        .containsIgnoringCase("connection");
    server.startAgain();
    for (String slot : List.of("UserService-1", "OrderService-1", "NotificationService-1")) {
      cluster.awaitSlot(slot, now -> now.state() == SlotState.RUNNING);
    }
    Client client = cluster.client();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.post("/users", user()).status() == 201);
  }

  private static String order(long user) {
    return "{\"user_id\":%d,\"product\":\"Laptop\"}".formatted(user);
  }

  private static String user() {
    return "{\"username\":\"u%s\",\"email\":\"a@example.com\"}".formatted(UUID.randomUUID());
  }

  private static long id(Answer answer) {
    return answer.at("/user/id").asLong();
  }
}
