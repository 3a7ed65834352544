package dev.troupe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final Duration DRAIN = Duration.ofSeconds(5);

  @TempDir Path home;

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aTakenPortSaysWhoHasItAndWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> listen("port = " + port))
          .isInstanceOf(CannotListenException.class)
          .hasMessageContaining("127.0.0.1:" + port + " is already in use by pid")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
          .hasMessageContaining("GATEWAY_PORT")
          .hasMessageContaining("troupe.gateway.port");
    }
  }

  @Test
  void aPublicAddressIsRefusedUnlessToldOtherwise() {
    assertThatThrownBy(() -> listen("host = \"0.0.0.0\", port = 0"))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("troupe.gateway.allow-public = true");
  }

  @Test
  void aPublicAddressIsUsedWhenToldSo() throws Exception {
    HttpServer.Listening server = listen("host = \"0.0.0.0\", port = 0, allow-public = true");

    assertThat(server.url()).isEqualTo("http://127.0.0.1:" + server.port());
    drain(server);
  }

  @Test
  void anAddressOfTheNewKindIsBracketedInTheUrl() throws Exception {
    HttpServer.Listening server = listen("host = \"::1\", port = 0");

    assertThat(server.url()).isEqualTo("http://[::1]:" + server.port());
    assertThat(get(server)).extracting(HttpResponse::statusCode).isEqualTo(200);
    drain(server);
  }

  @Test
  void anAddressOfAnotherHostSaysWhatToChange() {
    assertThatThrownBy(() -> listen("host = \"192.0.2.1\", port = 0, allow-public = true"))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("cannot listen on 192.0.2.1:0")
        .hasMessageContaining("GATEWAY_HOST");
  }

  @Test
  void severalInstancesShareAPort() throws Exception {
    HttpServer.Listening first = listen("port = 0, instances = 2");
    HttpServer.Listening second = listen("instances = 2, port = " + first.port());

    assertThat(second.port()).isEqualTo(first.port());
    drain(first);
    assertThat(get(second)).extracting(HttpResponse::statusCode).isEqualTo(200);
    drain(second);
  }

  @Test
  void drainingFinishesWhatWasTakenAndTakesNothingNew() throws Exception {
    CompletableFuture<org.apache.pekko.http.javadsl.model.HttpResponse> answer =
        new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    HttpServer.Listening server =
        HttpServer.listen(
            kit.system(),
            settings("port = 0"),
            request -> {
              asked.complete(null);
              return answer;
            });
    CompletableFuture<HttpResponse<String>> response =
        HttpClient.newHttpClient().sendAsync(request(server), HttpResponse.BodyHandlers.ofString());
    asked.get(5, TimeUnit.SECONDS);

    CompletableFuture<Void> drained = server.drain(DRAIN).toCompletableFuture();
    requireRefused(server);
    assertThat(drained).isNotDone();
    answer.complete(JsonResponses.of(200, Map.of("a", 1)));

    assertThat(response.get(5, TimeUnit.SECONDS).body()).isEqualTo("{\"a\":1}");
    drained.get(5, TimeUnit.SECONDS);
  }

  @Test
  void whileDrainingAnOpenConnectionIsToldToClose() throws Exception {
    CompletableFuture<HttpServer.Listening> server = new CompletableFuture<>();
    AtomicBoolean drain = new AtomicBoolean();
    server.complete(
        HttpServer.listen(
            kit.system(),
            settings("port = 0"),
            request -> {
              if (drain.get()) {
                server.join().drain(DRAIN);
              }
              return CompletableFuture.completedStage(JsonResponses.of(200, Map.of()));
            }));

    assertThat(get(server.join()).headers().firstValue("Connection")).isEmpty();
    drain.set(true);
    assertThat(get(server.join()).headers().firstValue("Connection")).contains("close");
  }

  @Test
  void whatIsNotAnsweredInTimeIsCut() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    HttpServer.Listening server =
        HttpServer.listen(
            kit.system(),
            settings("port = 0"),
            request -> {
              asked.complete(null);
              return new CompletableFuture<>();
            });
    CompletableFuture<HttpResponse<String>> response =
        HttpClient.newHttpClient().sendAsync(request(server), HttpResponse.BodyHandlers.ofString());
    asked.get(5, TimeUnit.SECONDS);

    server.drain(Duration.ofMillis(700)).toCompletableFuture().get(5, TimeUnit.SECONDS);

    assertThat(response.handle((body, failure) -> true).get(5, TimeUnit.SECONDS)).isTrue();
  }

  private HttpServer.Listening listen(String gateway) throws Exception {
    return HttpServer.listen(
        kit.system(),
        settings(gateway),
        request -> CompletableFuture.completedStage(JsonResponses.of(200, Map.of())));
  }

  private Settings settings(String gateway) throws Exception {
    Files.writeString(home.resolve(SettingsLoader.FILE), "troupe { gateway { " + gateway + " } }");
    return SettingsLoader.load(home, Map.of());
  }

  private static HttpResponse<String> get(HttpServer.Listening server) throws Exception {
    return HttpClient.newHttpClient().send(request(server), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(HttpServer.Listening server) {
    return HttpRequest.newBuilder(URI.create(server.url())).timeout(Duration.ofSeconds(10)).build();
  }

  private static void requireRefused(HttpServer.Listening server) {
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () -> assertThatThrownBy(() -> get(server)).isInstanceOf(ConnectException.class));
  }

  private static void drain(HttpServer.Listening server) throws Exception {
    server.drain(DRAIN).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
