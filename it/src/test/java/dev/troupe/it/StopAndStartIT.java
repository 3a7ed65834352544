package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does at the end of a day and at the start of the next. */
final class StopAndStartIT {
  private static final int ALREADY_RUNNING = 4;
  private static final int NOTHING_RUNS = 3;
  private static final int KILLED = 7;

  @TempDir private Path home;

  @Test
  void aStopLeavesNothingBehindAndAStartFindsTheDataAgain() {
    String settings = Cluster.THREE_SERVICES + "troupe.stop { drain-timeout = 2s, grace = 20s }";
    try (Cluster cluster = Cluster.start(home, settings)) {
      Client client = cluster.client();
      long user =
          client
              .post("/users", "{\"username\":\"ann\",\"email\":\"ann@example.com\"}")
              .at("/user/id")
              .asLong();
      long order =
          client
              .post("/orders", "{\"user_id\":%d,\"product\":\"tea\"}".formatted(user))
              .at("/order/id")
              .asLong();
      long note =
          client
              .post("/notifications", "{\"user_id\":%d,\"message\":\"hi\"}".formatted(user))
              .at("/notification/id")
              .asLong();
      assertThat(cluster.run("status", "--json").output())
          .contains("\"gateway\":\"" + cluster.status().gateway())
          .contains("\"slot\":\"UserService-1\"", "\"slot\":\"seed-1\"", "\"state\":\"running\"");
      List<Long> before = cluster.processes();
      Command second = cluster.run("up", "-d");
      assertThat(second.exitCode()).as(second.output()).isEqualTo(ALREADY_RUNNING);
      assertThat(cluster.processes()).containsExactlyInAnyOrderElementsOf(before);

      Command down = cluster.run("down");
      assertThat(down.exitCode()).as(down.output()).isZero();
      assertThat(cluster.processes()).isEmpty();
      assertThat(home.resolve("run").resolve("state.json")).doesNotExist();
      assertThat(before).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
      assertThat(cluster.run("down").exitCode()).isEqualTo(NOTHING_RUNS);
      assertThat(cluster.run("status").exitCode()).isEqualTo(NOTHING_RUNS);

      Client again = cluster.up().client();
      assertThat(again.get("/users/" + user).at("/user/username").asText()).isEqualTo("ann");
      assertThat(again.get("/orders/" + order).at("/order/product").asText()).isEqualTo("tea");
      assertThat(again.get("/notifications/" + note).at("/notification/state").asText())
          .isEqualTo("sent");
      assertThat(
              again
                  .post("/users", "{\"username\":\"ann\",\"email\":\"other@example.com\"}")
                  .status())
          .isEqualTo(409);

      aHungProcessIsKilledAndNoOther(cluster);
    }
  }

  private static void aHungProcessIsKilledAndNoOther(Cluster cluster) {
    long hung = cluster.pid("UserService-1");
    cluster.signal("STOP", hung);

    Command down = cluster.run("down");

    assertThat(down.exitCode()).as(down.output()).isEqualTo(KILLED);
    assertThat(down.output())
        .containsPattern("had to be killed: UserService-1 \\(pid %d\\)\\s*$".formatted(hung));
    assertThat(cluster.processes()).isEmpty();
  }
}
