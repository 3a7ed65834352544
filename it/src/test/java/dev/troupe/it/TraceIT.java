package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The way of a request through the processes, as the seed node tells it afterwards. */
@OnSharedCluster
final class TraceIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void theTraceOfAnOrderHasAllThatWasDoneForIt(Cluster cluster) {
    Client client = cluster.client();
    ControlApi seed = new ControlApi(cluster.home());
    long user = createUser(client);
    String trace = newTrace();
    Answer created =
        client.send(
            "POST",
            "/orders",
            "{\"user_id\":%d,\"product\":\"Laptop\"}".formatted(user),
            "traceparent",
            "00-%s-00f067aa0ba902b7-01".formatted(trace));
    assertThat(created.status()).as(created.text()).isEqualTo(201);

    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(lines(seed, trace)).contains("delivery NotificationService-1"));

    assertThat(lines(seed, trace))
        .containsSubsequence(
            "request gateway-1",
            "attempt gateway-1",
            "action OrderService-1",
            "attempt OrderService-1",
            "action UserService-1",
            "store UserService-1",
            "store OrderService-1",
            "event NotificationService-1",
            "store NotificationService-1",
            "delivery NotificationService-1");
    JsonNode whole = seed.get("/traces/" + trace).json();
    assertThat(whole.get("name").asText()).isEqualTo("POST /orders");
    assertThat(whole.get("status").asInt()).isEqualTo(201);
    assertThat(whole.get("request_id").asText()).isEqualTo(created.at("/request_id").asText());
    assertThat(whole.get("reasons").toString()).contains("sampled");
  }

  @Test
  void theTraceOfARequestThatMetAKillTellsTheCauseTheWaitAndTheSecondAttempt(Cluster cluster) {
    Client client = cluster.client();
    ControlApi seed = new ControlApi(cluster.home());
    long user = createUser(client);
    String request = "killed-" + UUID.randomUUID();
    long pid = cluster.pid("UserService-1");
    cluster.signal("STOP", pid);
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(
            () -> client.send(client.request("/users/" + user).header("X-Request-Id", request)));
    await().atMost(LONG).until(() -> requestsInTheGateway(seed) == 1);
    cluster.signal("KILL", pid);
    assertThat(answer.join().status()).isEqualTo(200);
    cluster.awaitRunning("UserService-1", pid);

    String found = "/traces?request-id=" + request;
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              Answer list = seed.get(found);
              assertThat(list.at("/traces")).as(list.text()).hasSize(1);
            });
    String trace = seed.get(found).at("/traces/0/trace_id").asText();
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(lines(seed, trace))
                    .contains("request gateway-1", "wait gateway-1")
                    .containsSubsequence("action UserService-1", "store UserService-1"));

    List<JsonNode> attempts = spans(seed, trace, "attempt");
    assertThat(attempts).extracting(span -> span.get("end").asText()).containsExactly("lost", "ok");
    List<JsonNode> actions = spans(seed, trace, "action");
    assertThat(actions).extracting(span -> span.get("end").asText()).containsExactly("lost", "ok");
    // Another test may have had it adopted, and of a process that is no child nobody sees the code.
    assertThat(actions.get(0).get("cause").asText()).containsAnyOf("SIGKILL", "exit code not seen");
    assertThat(actions.get(1).get("generation").asInt())
        .isEqualTo(actions.get(0).get("generation").asInt() + 1);
    assertThat(seed.get("/traces/" + trace).at("/reasons").toString()).contains("moved", "waited");
    Command shown = cluster.run("traces", "--request", request);
    assertThat(shown.exitCode()).as(shown.output()).isZero();
    assertThat(shown.output()).contains("GET /users/{", "waits for UserService", "lost: ");
  }

  @Test
  void whatIsNoTraceIsRefused(Cluster cluster) {
    ControlApi seed = new ControlApi(cluster.home());

    assertThat(seed.get("/traces/4bf9").status()).isEqualTo(400);
    Answer unknown = seed.get("/traces/" + newTrace());
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).contains("is not kept", "troupe.traces.keep-one-in");
    assertThat(seed.get("/traces?reason=bad").text()).contains("one of failed, slow");
    Command shown = cluster.run("traces", newTrace());
    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.output()).contains("is not kept");
  }

  private static List<String> lines(ControlApi seed, String trace) {
    List<String> lines = new ArrayList<>();
    for (JsonNode span : seed.get("/traces/" + trace).at("/spans")) {
      lines.add(span.get("kind").asText() + " " + span.get("slot").asText());
    }
    return lines;
  }

  private static List<JsonNode> spans(ControlApi seed, String trace, String kind) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode span : seed.get("/traces/" + trace).at("/spans")) {
      if (span.get("kind").asText().equals(kind)) {
        found.add(span);
      }
    }
    return found;
  }

  /** How many requests the gateway has taken and not yet answered, as it said a second ago. */
  static int requestsInTheGateway(ControlApi seed) throws IOException {
    return seed.get("/services/gateway").at("/instances/0/in_flight").asInt();
  }

  private static String newTrace() {
    UUID id = UUID.randomUUID();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(id.getMostSignificantBits())
        + hex.toHexDigits(id.getLeastSignificantBits());
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
