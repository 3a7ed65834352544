package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.process.ProcessLiveness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is killed, and with whatever else: it comes back, in the one cluster there is. */
final class ChaosIT {
  private static final String SETTINGS =
      """
      troupe {
        services {
          UserService { class = "dev.troupe.service.user.UserService", instances = 2 }
          OrderService {
            class = "dev.troupe.service.order.OrderService"
            depends-on = [UserService]
          }
        }
        gateway { instances = 2, request-timeout = 40s, waiting-room.timeout = 40s }
        # Each kill is the first one, or the tests would share one budget.
        restart { max-restarts = 100, ready-reset = 1s }
        health { heartbeat-timeout = 8s, suspect-after = 2s }
      }
      """;

  @TempDir private static Path home;

  private static Cluster cluster;
  private static long user;

  @BeforeAll
  static void start() throws IOException {
    cluster = Cluster.in(home, SETTINGS, freePort()).up();
    Answer created =
        cluster.client().post("/users", "{\"username\":\"ann\",\"email\":\"ann@example.com\"}");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    user = created.at("/user/id").asLong();
  }

  @AfterAll
  static void aStopLeavesNothing() {
    try {
      Command down = cluster.run("down");
      assertThat(down.exitCode()).as(down.output()).isZero();
      assertThat(cluster.processes()).isEmpty();
    } finally {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed-1 UserService-1 UserService-2",
        "gateway-1 gateway-2 UserService-1 UserService-2 OrderService-1",
        "seed-1 gateway-1 gateway-2 UserService-1 UserService-2 OrderService-1"
      })
  void whatIsKilledTogetherIsBackAndTheOthersStay(String slots) {
    Set<String> killed = new TreeSet<>(List.of(slots.split(" ", -1)));
    Map<String, Long> before = cluster.awaitWhole();

    cluster.signal("KILL", killed.stream().map(before::get).toArray(Long[]::new));

    Map<String, Long> after = cluster.awaitWhole();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(changed(before, after)).isEqualTo(killed);
    assertThatAnOrderSucceeds();
  }

  @Test
  void aSeedThatDiesWhileAServiceStartsLeavesOneClusterAndOneProcessOfTheService() {
    Map<String, Long> before = cluster.awaitWhole();
    cluster.signal("KILL", before.get("OrderService-1"));
    cluster.awaitSlot(
        "OrderService-1", now -> now.pid() != null && !now.pid().equals(before.get(now.slot())));

    cluster.signal("KILL", before.get("seed-1"));

    assertThat(changed(before, cluster.awaitWhole()))
        .containsExactlyInAnyOrder("seed-1", "OrderService-1");
    assertThatAnOrderSucceeds();
  }

  @Test
  void aSeedThatHangsIsReplacedByItsLauncherAndTheOthersServeOn() {
    Map<String, Long> before = cluster.awaitWhole();
    Client client = cluster.client();
    try (Traffic traffic = Traffic.of(() -> client.get("/users/" + user))) {
      await().until(() -> traffic.answered() > 0);

      cluster.signal("STOP", before.get("seed-1"));

      // The heartbeat-timeout, 5 s to notice and to relaunch, and a start on a busy machine.
      await()
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .until(() -> cluster.pid("seed-1") != before.get("seed-1"));
      assertThat(changed(before, cluster.awaitWhole())).containsExactly("seed-1");
      assertThat(traffic.failures()).isEmpty();
    }
    String reason = "killed by its launcher, since it has not answered for ";
    assertThat(cluster.slot("seed-1").reason())
        .startsWith("previous pid %d: %s".formatted(before.get("seed-1"), reason));
    assertThat(cluster.run("why", "seed-1").output()).contains("was " + reason);
  }

  @Test
  void aSecondUpTakesOverWhatTheFirstLauncherAndItsSeedLeft() throws Exception {
    Map<String, Long> before = cluster.awaitWhole();
    cluster.signal("KILL", cluster.launcherPid(), before.get("seed-1"));

    cluster.up();

    assertThat(changed(before, cluster.awaitWhole())).containsExactly("seed-1");
    assertThatAnOrderSucceeds();
  }

  @Test
  void noReadFailsWhenOneOfTwoInstancesIsKilled() {
    long killed = cluster.awaitWhole().get("UserService-1");
    Client client = cluster.client();
    try (Traffic traffic = Traffic.of(() -> client.get("/users/" + user))) {
      await().until(() -> traffic.answered() > 0);

      cluster.signal("KILL", killed);

      cluster.awaitRunning("UserService-1", killed);
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void aStoppedInstanceThatGoesOnInTimeIsBackAndNotRelaunched() {
    Map<String, Long> before = cluster.awaitWhole();
    long stopped = before.get("UserService-1");
    Client client = cluster.client();
    cluster.signal("STOP", stopped);
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> readyInstances(client) == 1);
    } finally {
      cluster.signal("CONT", stopped);
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> readyInstances(client) == 2);
    assertThat(cluster.awaitWhole()).isEqualTo(before);
  }

  @Test
  void aStoppedInstanceIsLeftOutThenRelaunchedAndNoRequestFails() {
    Map<String, Long> before = cluster.awaitWhole();
    long stopped = before.get("UserService-2");
    Client client = cluster.client();
    try (Traffic traffic = Traffic.of(() -> client.get("/users/" + user))) {
      await().until(() -> traffic.answered() > 0);

      cluster.signal("STOP", stopped);

      SlotStatus relaunched = cluster.awaitRunning("UserService-2", stopped);
      assertThat(relaunched.reason()).contains("no heartbeat for", "no thread dump: a signal");
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void newConnectionsFindTheOtherGatewayWhileOneIsRelaunched() {
    Map<String, Long> before = cluster.awaitWhole();
    long killed = before.get("gateway-1");
    String url = cluster.status().gateway();

    cluster.signal("KILL", killed);
    await().until(() -> ProcessHandle.of(killed).filter(ProcessLiveness::isAlive).isEmpty());

    try (Traffic traffic = Traffic.of(() -> Client.ofGateway(url).get("/users/" + user))) {
      cluster.awaitRunning("gateway-1", killed);
      assertThat(traffic.failures()).isEmpty();
      assertThat(traffic.answered()).isPositive();
    }
  }

  private static long readyInstances(Client client) {
    return StreamSupport.stream(
            client.get("/services").at("/services/UserService/instances").spliterator(), false)
        .filter(instance -> instance.get("state").asText().equals("ready"))
        .count();
  }

  private static Set<String> changed(Map<String, Long> before, Map<String, Long> after) {
    Set<String> changed = new TreeSet<>();
    Stream.concat(before.keySet().stream(), after.keySet().stream())
        .filter(slot -> !after.containsKey(slot) || !after.get(slot).equals(before.get(slot)))
        .forEach(changed::add);
    return changed;
  }

  private static void assertThatAnOrderSucceeds() {
    Answer order =
        cluster.client().post("/orders", "{\"user_id\":%d,\"product\":\"tea\"}".formatted(user));
    assertThat(order.status()).as(order.text()).isEqualTo(201);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
