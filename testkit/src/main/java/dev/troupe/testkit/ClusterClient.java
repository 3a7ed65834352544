package dev.troupe.testkit;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks the seed node and the gateway of a cluster. */
final class ClusterClient implements TestClient {
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path home;

  ClusterClient(Path home) {
    this.home = home;
  }

  /** What the seed node says; empty while none answers. */
  Optional<ClusterStatus> status() {
    try {
      ControlFile control = ControlFile.read(home.resolve("run"));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(control.url() + "/status"))
              .header("Authorization", "Bearer " + control.token())
              .timeout(LOOK)
              .build();
      HttpResponse<byte[]> answer = exchange(request);
      return answer.statusCode() == 200
          ? Optional.of(Json.MAPPER.readValue(answer.body(), ClusterStatus.class))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The URL of the gateway. */
  String gateway() {
    return status()
        .map(ClusterStatus::gateway)
        .orElseThrow(() -> new AssertionError("no gateway runs; use awaitWhole()"));
  }

  /** Whether the gateway reaches an instance of each service. */
  boolean isHealthy() {
    Optional<String> gateway = status().map(ClusterStatus::gateway);
    if (gateway.isEmpty()) {
      return false;
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(gateway.get() + "/health")).timeout(LOOK).build();
      return Json.MAPPER
          .readTree(exchange(request).body())
          .path("status")
          .asText()
          .equals("healthy");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public TestResponse send(TestRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(gateway() + request.path()))
            .timeout(request.deadline().plusMillis(1))
            .method(
                request.method(),
                request.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body().bytes()));
    if (!request.method().equals("GET")) {
      builder.setHeader("Content-Type", "application/json");
    }
    request.headers().forEach(builder::setHeader);
    try {
      HttpResponse<byte[]> response = exchange(builder.build());
      Map<String, String> headers = new HashMap<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> headers.put(name, String.join(", ", values)));
      return new TestResponse(request, response.statusCode(), headers, response.body());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request + ": " + e, e);
    }
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + request.uri(), e);
    }
  }
}
