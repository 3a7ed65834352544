package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Processes come and go by order while requests come in, and none of these fails. */
@OnSharedCluster
final class ScaleIT {
  private static final int CLIENTS = 4;
  private static final int MOST_REQUESTS_OF_EACH = 50_000;

  @Test
  void noRequestFailsWhileAServiceIsScaledAndRestartedRolling(Cluster cluster) throws Exception {
    long old = cluster.pid("UserService-1");
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<CompletableFuture<List<Answer>>> loads =
          IntStream.range(0, CLIENTS)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> failures(cluster, done), clients))
              .toList();

      assertSucceeds(cluster.run("scale", "UserService", "2"));
      assertThat(cluster.pid("UserService-2")).isNotEqualTo(old);
      assertSucceeds(cluster.run("scale", "UserService", "1"));
      assertSucceeds(cluster.run("restart", "--rolling", "UserService"));
      done.set(true);

      for (CompletableFuture<List<Answer>> load : loads) {
        assertThat(load.get()).isEmpty();
      }
    } finally {
      done.set(true);
      clients.shutdownNow();
    }
    assertThat(cluster.pid("UserService-1")).isNotEqualTo(old);
    assertThat(cluster.status().slotsOf("UserService")).hasSize(1);
  }

  @Test
  void whatCannotBeScaledIsSaidWithWhatCan(Cluster cluster) {
    Command unknown = cluster.run("scale", "Nobody", "2");
    assertThat(unknown.exitCode()).isEqualTo(6);
    assertThat(unknown.output()).contains("UserService", "OrderService");

    Command many = cluster.run("scale", "UserService", "65");
    assertThat(many.exitCode()).isEqualTo(1);
    assertThat(many.output()).contains("0 to 64");
  }

  private static void assertSucceeds(Command command) {
    assertThat(command.exitCode()).as(command.output()).isZero();
  }

  private static List<Answer> failures(Cluster cluster, AtomicBoolean done) {
    Client client = cluster.client();
    List<Answer> failures = new ArrayList<>();
    for (int i = 0; i < MOST_REQUESTS_OF_EACH && !done.get(); i++) {
      Answer answer =
          i % 4 == 0
              ? client.post(
                  "/users",
                  "{\"username\":\"s%s\",\"email\":\"a@example.com\"}".formatted(UUID.randomUUID()))
              : client.get("/users?limit=1");
      if (answer.status() / 100 != 2) {
        failures.add(answer);
      }
    }
    return failures;
  }
}
