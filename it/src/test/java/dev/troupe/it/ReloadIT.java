package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running cluster gets the settings of a changed file. What has not changed runs on. */
final class ReloadIT {
  private static final int BAD_SETTINGS = 5;
  private static final String SETTINGS =
      """
      # A test asserts that a request is answered, not how fast this machine is.
      troupe.gateway { request-timeout = 40s, waiting-room.timeout = 40s }
      troupe.services {
        UserService { class = "dev.troupe.service.user.UserService" }
        OrderService { class = "dev.troupe.service.order.OrderService", depends-on = [UserService] }
      }
      """;
  private static final String CHANGE =
      """
      troupe.services {
        OrderService.jvm-options = ["-Xmx96m"]
        GreeterService {
          class = "dev.troupe.examples.greeter.GreeterService"
          settings { salutation = "Hello" }
        }
      }
      """;

  @TempDir private Path home;

  @Test
  void onlyWhatHasChangedIsReplacedAndWhatCannotBeAppliedChangesNothing() throws Exception {
    try (Cluster cluster = Cluster.start(home, SETTINGS)) {
      Map<String, Long> before = cluster.awaitWhole();
      Client client = cluster.client();
      String original = Files.readString(file());
      try (Traffic reads = Traffic.of(() -> client.get("/users?limit=1"))) {
        await().until(() -> reads.answered() > 0);
        Path services = Files.createDirectories(home.resolve("services"));
        Path greeter = Path.of(System.getProperty("troupe.greeter"));
        Files.copy(greeter, services.resolve(greeter.getFileName()));
        Files.writeString(file(), original + CHANGE);

        assertPlanned(cluster);
        assertThat(cluster.awaitWhole()).isEqualTo(before);
        Command reload = cluster.run("reload");

        assertThat(reload.exitCode()).as(reload.output()).isZero();
        assertThat(reads.failures()).isEmpty();
      }
      Map<String, Long> after = cluster.awaitWhole();
      assertOnlyTheChangedAreNew(before, after);
      assertThat(client.post("/greetings", "{\"name\":\"Ann\"}").status()).isEqualTo(201);
      assertThat(cluster.run("reload").output()).contains("has these settings already");

      assertRefused(cluster, original + CHANGE + "troupe {", BAD_SETTINGS, "application.conf");
      assertRefused(
          cluster,
          original + CHANGE + "troupe.cluster.port = 7000",
          BAD_SETTINGS,
          "troupe.cluster");
      assertThat(cluster.awaitWhole()).isEqualTo(after);

      assertRefused(
          cluster,
          original + CHANGE + "troupe.services.Nobody.class = a.Nobody",
          1,
          "a.Nobody does not exist");
      after.remove("seed-1");
      assertThat(cluster.awaitWhole()).containsAllEntriesOf(after).doesNotContainKey("Nobody-1");

      assertRemoved(cluster, original);
      Map<String, Long> left = cluster.awaitWhole();
      assertThat(left).doesNotContainKey("GreeterService-1");
      assertThat(left.get("UserService-1")).isEqualTo(after.get("UserService-1"));
    }
  }

  private void assertRemoved(Cluster cluster, String settings) throws IOException {
    Files.writeString(file(), settings);
    Command reload = cluster.run("reload");
    assertThat(reload.exitCode()).as(reload.output()).isZero();
    assertThat(reload.output()).contains("GreeterService: removed");
    Client client = cluster.client();
    await().until(() -> client.post("/greetings", "{\"name\":\"Ann\"}").status() == 404);
    assertThat(client.get("/services").text()).doesNotContain("GreeterService");
  }

  private static void assertPlanned(Cluster cluster) {
    Command plan = cluster.run("reload", "--dry-run");
    assertThat(plan.exitCode()).as(plan.output()).isZero();
    assertThat(plan.output())
        .contains("GreeterService: added", "OrderService: restarted (jvm-options)")
        .contains("Nothing was changed")
        .doesNotContain("UserService");
  }

  private static void assertOnlyTheChangedAreNew(
      Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> same = new HashMap<>(before);
    same.keySet().removeIf(slot -> slot.equals("OrderService-1") || slot.equals("seed-1"));
    assertThat(after).containsAllEntriesOf(same).containsKey("GreeterService-1");
    assertThat(after.get("OrderService-1")).isNotEqualTo(before.get("OrderService-1"));
    assertThat(after.get("seed-1")).isNotEqualTo(before.get("seed-1"));
  }

  private void assertRefused(Cluster cluster, String settings, int exitCode, String why)
      throws IOException {
    Files.writeString(file(), settings);
    Command reload = cluster.run("reload");
    assertThat(reload.exitCode()).as(reload.output()).isEqualTo(exitCode);
    assertThat(reload.output()).contains(why);
  }

  private Path file() {
    return home.resolve("application.conf");
  }
}
