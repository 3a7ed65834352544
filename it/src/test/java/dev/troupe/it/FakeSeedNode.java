package dev.troupe.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the files of the dashboard, and answers its requests with what a test says. */
final class FakeSeedNode implements AutoCloseable {
  private static final Path FILES =
      Path.of(
          System.getProperty("troupe.checkout"),
          "seed-node/src/main/resources/dev/troupe/dashboard");
  // With the files of libraries.
  private static final Path BUILT =
      Path.of(
          System.getProperty("troupe.checkout"), "seed-node/target/classes/dev/troupe/dashboard");
  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  private final Map<String, Object> answers = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Map<String, List<OutputStream>> streams = new ConcurrentHashMap<>();
  private final Map<String, byte[]> firstMessages = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile boolean down;

  private FakeSeedNode(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static FakeSeedNode start() throws IOException {
    return new FakeSeedNode(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Answers {@code path} with {@code body} as JSON from now on. Other paths get a 404. */
  void answer(String path, Object body) {
    answers.put(path, body);
  }

  /** Lets requests for {@code path} wait until {@link #release}. */
  void hold(String path) {
    held.put(path, new CountDownLatch(1));
  }

  void release(String path) {
    CountDownLatch latch = held.remove(path);
    if (latch != null) {
      latch.countDown();
    }
  }

  /** Sends an event to all that read the stream {@code path}. */
  void send(String path, String id, String event, Object data) {
    byte[] message = message(id, event, data);
    for (OutputStream stream : open(path)) {
      try {
        stream.write(message);
        stream.flush();
      } catch (IOException gone) {
        open(path).remove(stream);
      }
    }
  }

  /** The first event that a new reader of the stream {@code path} gets. */
  void greet(String path, String event, Object data) {
    firstMessages.put(path, message("", event, data));
  }

  int readers(String path) {
    return open(path).size();
  }

  /** How often {@code path} was asked, with any query. */
  long asked(String path) {
    return requests.stream().filter(path::equals).count();
  }

  /** Ends all streams; while it is down it answers nothing but the files. */
  void down(boolean isDown) throws IOException {
    down = isDown;
    if (isDown) {
      for (List<OutputStream> ofPath : streams.values()) {
        for (OutputStream stream : ofPath) {
          stream.close();
        }
        ofPath.clear();
      }
    }
  }

  private List<OutputStream> open(String path) {
    return streams.computeIfAbsent(path, any -> new CopyOnWriteArrayList<>());
  }

  private static byte[] message(String id, String event, Object data) {
    String json = new String(Json.write(data), UTF_8);
    return "id: %s\nevent: %s\ndata: %s\n\n".formatted(id, event, json).getBytes(UTF_8);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    if (path.startsWith("/ui")) {
      reply(
          exchange,
          200,
          "text/html; charset=utf-8",
          Files.readAllBytes(FILES.resolve("index.html")));
    } else if (path.startsWith("/assets/")) {
      String name = path.substring("/assets/".length());
      Path own = FILES.resolve(name);
      Path file = Files.exists(own) ? own : BUILT.resolve(name);
      String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
      reply(exchange, 200, type, Files.readAllBytes(file));
    } else if (down) {
      exchange.close();
    } else if (path.equals("/stream") || path.equals("/logs/follow")) {
      stream(exchange, path);
    } else {
      answer(exchange, path);
    }
  }

  private void stream(HttpExchange exchange, String path) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write(firstMessages.getOrDefault(path, ": alive\n\n".getBytes(UTF_8)));
    body.flush();
    open(path).add(body);
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    CountDownLatch latch = held.get(path);
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException closed) {
        exchange.close();
        return;
      }
    }
    Object body = answers.get(path);
    byte[] json = Json.write(body == null ? Map.of("message", "there is no " + path) : body);
    reply(exchange, body == null ? 404 : 200, "application/json", json);
  }

  private static void reply(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.getResponseHeaders().add("Cache-Control", "no-store");
    exchange
        .getResponseHeaders()
        .add(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; base-uri 'none'");
    exchange.sendResponseHeaders(code, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
