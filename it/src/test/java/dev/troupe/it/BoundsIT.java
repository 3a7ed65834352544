package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.it.broken.FailsOnDemand;
import dev.troupe.protocol.control.SlotState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that fails or is slow is left alone, and takes nobody with it. */
final class BoundsIT {
  private static final int MAX_CALLS = 10;

  @TempDir private Path home;

  @Test
  void aServiceThatFailsOrIsSlowIsRefusedAtOnceAndComesBack() throws Exception {
    ServiceJar.pack(home, FailsOnDemand.class);
    try (Cluster cluster =
        Cluster.start(
            home,
            """
            troupe.gateway { max-body = 4MiB, waiting-room.timeout = 30s }
            troupe.services {
              UserService { class = "dev.troupe.service.user.UserService" }
              Moody {
                class = "%s"
                request-timeout = 15s
                bulkhead.max-calls = %d
                circuit-breaker { min-calls = 30, open-for = 3s }
              }
            }
            """
                .formatted(FailsOnDemand.class.getName(), MAX_CALLS))) {
      Client client = cluster.client();
      // The gateway asks services for their descriptions. Later, these calls would be refused too.
      client.contract();
      aSlowOneHasSoManyCallsAndNoMore(client);
      aFailingOneIsLeftAlone(client);

      assertThat(client.get("/users").status()).isEqualTo(200);
      await().atMost(Duration.ofMinutes(3)).until(() -> client.get("/demand/work").status() == 200);
      await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(() -> assertSaid(client.get("/services")));
      largeBodiesArriveUpToTheirLimits(client);
      aRequestThatProcessesDieOfIsSuspended(cluster, client);
    }
  }

  private static void aSlowOneHasSoManyCallsAndNoMore(Client client) {
    ExecutorService clients = Executors.newFixedThreadPool(MAX_CALLS + 2);
    try {
      List<CompletableFuture<Answer>> calls =
          Stream.generate(
                  () -> CompletableFuture.supplyAsync(() -> client.get("/demand/hang"), clients))
              .limit(MAX_CALLS + 2)
              .toList();
      List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

      assertThat(answers).filteredOn(answer -> answer.status() == 504).hasSize(MAX_CALLS);
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 503)
          .hasSize(2)
          .allSatisfy(answer -> assertThat(answer.text()).contains("bulkhead.max-calls"));
    } finally {
      clients.shutdownNow();
    }
  }

  private static void aFailingOneIsLeftAlone(Client client) {
    Answer refused =
        Stream.generate(() -> client.get("/demand/fail"))
            .limit(100)
            .filter(answer -> answer.status() != 500)
            .findFirst()
            .orElseThrow();

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.at("/message").asText())
        .startsWith("Moody is not asked for a while: ")
        .contains("(circuit breaker open)");
    assertThat(refused.raw().headers().firstValueAsLong("Retry-After").orElseThrow())
        .isBetween(1L, 3L);
  }

  private static void largeBodiesArriveUpToTheirLimits(Client client) {
    Answer large = client.get("/demand/large");
    assertThat(large.status()).as(() -> start(large.text())).isEqualTo(200);
    assertThat(large.at("/how").asText()).hasSize(5 << 20);
    Answer tooLarge = client.get("/demand/too-large");
    assertThat(tooLarge.status()).isEqualTo(500);
    assertThat(tooLarge.at("/message").asText()).contains("17825", "16777216", "max-reply");
    String text = "y".repeat(3 << 20);
    Answer taken = client.post("/demand", "{\"how\":\"" + text + "\"}");
    assertThat(taken.at("/how").asText()).isEqualTo(text);
    assertThat(client.get("/demand/work").status()).as("nobody is the worse for it").isEqualTo(200);
  }

  private static String start(String text) {
    return text.substring(0, Math.min(text.length(), 1000));
  }

  private static void aRequestThatProcessesDieOfIsSuspended(Cluster cluster, Client client) {
    int launches = cluster.slot("Moody-1").generation();

    Answer died = client.get("/demand/exhaust");

    assertThat(died.status()).isEqualTo(503);
    assertThat(died.at("/message").asText())
        .isEqualTo(
            "Moody-1 and Moody-1 died while they had this request, which is not sent a third time;"
                + " look at their logs");
    Answer refused = client.get("/demand/work");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.at("/message").asText()).startsWith("demand of Moody is suspended: ");
    assertThat(refused.raw().headers().firstValueAsLong("Retry-After").orElseThrow())
        .isBetween(1L, 30L);
    cluster.awaitSlot(
        "Moody-1", slot -> slot.state() == SlotState.RUNNING && slot.generation() == launches + 2);
    assertThat(client.post("/demand", "{\"how\":\"others\"}").status()).isEqualTo(201);
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(cluster.run("why", "Moody-1").output())
                    .contains(
                        "ran out of memory (exit code 3): OutOfMemoryError: Java heap space",
                        "gateway-1 suspended demand of Moody: "));
    await().atMost(Duration.ofMinutes(3)).until(() -> client.get("/demand/work").status() == 200);
  }

  private static void assertSaid(Answer services) {
    JsonNode caller = services.at("/services/Moody/callers/0");
    assertThat(caller.path("slot").asText()).isEqualTo("gateway-1");
    assertThat(caller.at("/bulkhead/refused").asInt()).isEqualTo(2);
    assertThat(caller.at("/timeout/millis").asInt()).isEqualTo(15_000);
    assertThat(caller.at("/timeout/reached").asInt()).isEqualTo(MAX_CALLS);
    assertThat(caller.at("/bulkhead/max_calls").asInt()).isEqualTo(MAX_CALLS);
    assertThat(caller.at("/circuit_breaker/state").asText()).isEqualTo("closed");
    assertThat(caller.at("/circuit_breaker/opened").asInt()).isEqualTo(1);
    assertThat(caller.at("/circuit_breaker/refused").asInt()).isPositive();
  }
}
