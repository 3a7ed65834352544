package dev.troupe.service.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** A server that takes webhooks, and answers each post as it is told to. */
final class WebhookReceiver implements AutoCloseable {
  static final String SECRET = "0123456789abcdef";

  private final HttpServer server;
  private final AtomicInteger posts = new AtomicInteger();
  private final List<Post> received = new CopyOnWriteArrayList<>();
  private final IntUnaryOperator status;

  /** What came with one post. */
  record Post(Headers headers, String body) {
    JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * @param status the answer to the first post, the second …, from 1
   */
  WebhookReceiver(IntUnaryOperator status) throws IOException {
    this.status = status;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::take);
    server.start();
  }

  /** One that is happy with all. */
  WebhookReceiver() throws IOException {
    this(any -> 204);
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    received.add(new Post(exchange.getRequestHeaders(), body));
    exchange.sendResponseHeaders(status.applyAsInt(posts.incrementAndGet()), -1);
    exchange.close();
  }

  /** The settings of a channel {@code hook} that posts here. */
  String settings() {
    return "channels.hook { kind = webhook, url = \"%s\", secret = \"%s\" }\n"
        .formatted(url(), SECRET);
  }

  String url() {
    return "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
  }

  List<Post> received() {
    return List.copyOf(received);
  }

  /** The notifications that came, as often as they did. */
  List<Long> ids() {
    return received.stream().map(post -> post.json().at("/data/id").asLong()).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
