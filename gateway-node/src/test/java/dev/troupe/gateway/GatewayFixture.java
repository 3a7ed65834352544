package dev.troupe.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.gateway.http.HttpServer;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** A gateway on a free port, with fakes behind it, and clients to ask it. */
final class GatewayFixture implements AutoCloseable {
  static final String VERSION = "1.2.3";

  private static final String SETTINGS =
      """
      troupe {
        gateway {
          port = 0, max-body = 1KiB, max-header-size = 1KiB, allowed-hosts = [test]
          waiting-room { max-requests = 3, timeout = 3s }
        }
        gateway { %s }
        services {
          UserService { class = u }
          OrderService {
            class = o, instances = 2, depends-on = [UserService]
          }
        }
      }
      """;

  final FakeCalls calls = new FakeCalls();
  final CallCounters counters = new CallCounters();
  final NodeMetrics metrics = NodeMetrics.of(true);
  final HttpServer.Listening server;
  final ActorTestKit kit = ActorTestKit.create();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile RegistryView view = RegistryView.EMPTY;

  private GatewayFixture(Path home, String gateway) throws Exception {
    server =
        Gateway.start(
            kit.system(), settings(home, gateway), () -> view, calls, counters, metrics, VERSION);
  }

  static GatewayFixture start(Path home) throws Exception {
    return start(home, "");
  }

  /**
   * @param gateway more settings of its block
   */
  static GatewayFixture start(Path home, String gateway) throws Exception {
    return new GatewayFixture(home, gateway);
  }

  static Settings settings(Path home) throws IOException {
    return settings(home, "");
  }

  private static Settings settings(Path home, String gateway) throws IOException {
    Files.writeString(home.resolve(SettingsLoader.FILE), SETTINGS.formatted(gateway));
    return SettingsLoader.load(home, Map.of());
  }

  /** Of a gateway that has heard nothing yet. */
  void showNothing() {
    view = RegistryView.EMPTY;
  }

  void show(Views views) {
    view = views.build();
  }

  /** All services of the settings, each with a ready instance. */
  void showAllReady() {
    show(
        new Views()
            .service(Views.users())
            .service(Views.orders())
            .ready("UserService", "UserService-1")
            .ready("OrderService", "OrderService-1"));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(10));
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  CompletableFuture<HttpResponse<String>> sendAsync(String method, String path) {
    return client.sendAsync(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends bytes as they are and returns what comes until the server closes the connection. */
  String raw(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.MAPPER.readTree(response.body());
  }

  /** The body of a response as {@link #raw} gives it. */
  static JsonNode json(String response) throws IOException {
    return Json.MAPPER.readTree(response.substring(response.indexOf("\r\n\r\n") + 4));
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
