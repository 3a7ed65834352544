package dev.troupe.seed.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Beside a server that answers as a test says. */
@Timeout(60)
final class GatewayClientTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<HttpExchange> seen = new AtomicReference<>();
  private HttpServer server;
  private URI gateway;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    gateway = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    seen.set(exchange);
    switch (exchange.getRequestURI().getPath()) {
      case "/moved" -> {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
        exchange.sendResponseHeaders(302, -1);
      }
      case "/huge" -> reply(exchange, new byte[GatewayClient.MAX_ANSWER + 1]);
      case "/binary" -> reply(exchange, new byte[] {(byte) 0xff, 0});
      case "/endless" -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("data: 1\n".getBytes(UTF_8));
        exchange.getResponseBody().flush();
        hang();
      }
      case "/hung" -> hang();
      default -> reply(exchange, "{\"a\":1}".getBytes(UTF_8));
    }
  }

  private void hang() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("X-Twice", "1");
    exchange.getResponseHeaders().add("X-Twice", "2");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private CallAnswer call(String path) throws Exception {
    return send(path, Duration.ofSeconds(30));
  }

  private CallAnswer send(String path, Duration timeout) throws Exception {
    return new GatewayClient(threads, timeout)
        .send(gateway, new GatewayCall("GET", path, Map.of("X-A", "b"), null))
        .get();
  }

  @Test
  void theAnswerIsToldWithTheIdOfItsTrace() throws Exception {
    CallAnswer answer = call("/");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"a\":1}");
    assertThat(answer.truncated()).isFalse();
    assertThat(answer.headers())
        .contains(new CallAnswer.Header("x-twice", "1"), new CallAnswer.Header("x-twice", "2"));
    assertThat(seen.get().getRequestHeaders().getFirst("X-A")).isEqualTo("b");
    assertThat(seen.get().getRequestHeaders().getFirst("traceparent"))
        .startsWith("00-" + answer.traceId() + "-")
        .endsWith("-01");
  }

  @Test
  void aRedirectionIsShownAndNotFollowed() throws Exception {
    assertThat(call("/moved").status()).isEqualTo(302);
  }

  @Test
  void ofAHugeAnswerTheBeginningIsRead() throws Exception {
    CallAnswer answer = call("/huge");
    assertThat(answer.bytes()).isEqualTo(GatewayClient.MAX_ANSWER);
    assertThat(answer.truncated()).isTrue();
  }

  @Test
  void anAnswerThatDoesNotEndIsCut() throws Exception {
    CallAnswer answer = call("/endless");
    assertThat(answer.body()).isEqualTo("data: 1\n");
    assertThat(answer.truncated()).isTrue();
  }

  @Test
  void whatIsNoTextSaysSo() throws Exception {
    CallAnswer answer = call("/binary");
    assertThat(answer.binary()).isTrue();
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aHungGatewayIsGivenUp() {
    assertThatThrownBy(() -> send("/hung", Duration.ofMillis(200)))
        .hasCauseInstanceOf(HttpTimeoutException.class);
  }
}
