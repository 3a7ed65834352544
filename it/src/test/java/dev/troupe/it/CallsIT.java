package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a gateway through the management listener, as the dashboard makes them. */
@OnSharedCluster
final class CallsIT {
  private static final HttpClient HTTP = Client.newConnections();

  private static HttpRequest.Builder request(Cluster cluster, byte[] body) throws IOException {
    ControlFile control = ControlFile.read(cluster.home().resolve("run"));
    return HttpRequest.newBuilder(URI.create(control.url() + "/calls"))
        .header("Authorization", "Bearer " + control.token())
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static HttpResponse<String> call(Cluster cluster, Object call) throws Exception {
    return HTTP.send(request(cluster, Json.write(call)).build(), BodyHandlers.ofString());
  }

  @Test
  void aCallIsMadeOnceForOneKeyAndItsTraceIsKept(Cluster cluster) throws Exception {
    String name = "calls-" + UUID.randomUUID();
    Map<String, Object> create =
        Map.of(
            "method",
            "POST",
            "path",
            "/users",
            "headers",
            Map.of("Content-Type", "application/json", "Idempotency-Key", name),
            "body",
            "{\"username\":\"%s\",\"email\":\"a@example.com\"}".formatted(name.substring(0, 20)));

    JsonNode first = Json.MAPPER.readTree(call(cluster, create).body());
    JsonNode second = Json.MAPPER.readTree(call(cluster, create).body());

    assertThat(first.path("status").asInt()).as(first.toString()).isEqualTo(201);
    assertThat(id(second)).isEqualTo(id(first));
    String trace = "/traces/" + first.path("trace_id").asText();
    ControlApi seed = new ControlApi(cluster.home());
    assertThat(first.path("gateway").asText()).isEqualTo(seed.status().gateway());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(seed.get(trace).at("/name").asText()).isEqualTo("POST /users"));
  }

  private static String id(JsonNode answer) throws IOException {
    return Json.MAPPER.readTree(answer.path("body").asText()).findValue("id").asText();
  }

  @Test
  void theActionsOfTheServicesAreListed(Cluster cluster) {
    Answer actions = new ControlApi(cluster.home()).get("/actions");
    assertThat(actions.status()).isEqualTo(200);
    assertThat(actions.json().path("paths").path("/users").has("post")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example/", "@evil.example/", "http://evil.example/", "/a\r\nX: b"})
  void noCallLeavesTheGateway(String path, Cluster cluster) throws Exception {
    HttpResponse<String> refused = call(cluster, Map.of("method", "GET", "path", path));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("begins with one /");
  }

  @Test
  void aHugeCallIsRefused(Cluster cluster) throws Exception {
    byte[] body = Json.write(Map.of("method", "POST", "path", "/", "body", "a".repeat(1 << 18)));
    HttpResponse<String> refused =
        HTTP.send(request(cluster, body).build(), BodyHandlers.ofString());
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(413);
  }

  @Test
  void whoMayNotOperateMayNotCall(Cluster cluster) throws Exception {
    ControlFile control = ControlFile.read(cluster.home().resolve("run"));
    HttpRequest.Builder anybody =
        HttpRequest.newBuilder(URI.create(control.url() + "/calls"))
            .POST(BodyPublishers.ofString("{\"method\":\"GET\",\"path\":\"/\"}"));
    assertThat(HTTP.send(anybody.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @Test
  void aHundredCallsAtOnceAreAnsweredOrRefused(Cluster cluster) throws Exception {
    byte[] get = Json.write(Map.of("method", "GET", "path", "/users?limit=1"));
    HttpRequest request = request(cluster, get).build();
    long pid = cluster.pid("UserService-1");
    cluster.signal("STOP", pid);
    List<CompletableFuture<HttpResponse<String>>> all =
        Stream.generate(() -> HTTP.sendAsync(request, BodyHandlers.ofString())).limit(100).toList();

    // Those that are under way wait for the service, so that the first answer is a refusal.
    CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new)).join();
    cluster.signal("CONT", pid);
    List<Integer> codes = all.stream().map(answer -> answer.join().statusCode()).toList();
    assertThat(codes).containsOnly(200, 503);
    assertThat(call(cluster, Map.of("method", "GET", "path", "/health")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anErrorOfTheGatewayIsAnAnswer(Cluster cluster) throws Exception {
    JsonNode missing =
        Json.MAPPER.readTree(call(cluster, Map.of("method", "GET", "path", "/nowhere")).body());
    assertThat(missing.path("status").asInt()).isEqualTo(404);
  }
}
