package dev.troupe.cli.control;

import com.sun.net.httpserver.HttpServer;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.ControlProof;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A seed node's control API that answers what a test wants and remembers what it was asked. */
public final class ControlServer implements AutoCloseable {
  private final HttpServer server;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile boolean isForeign;
  private volatile int status = 200;
  private volatile byte[] body = new byte[0];

  public ControlServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (path.startsWith(ControlProof.PATH) && !isForeign) {
            String nonce = path.substring(ControlProof.PATH.length());
            byte[] proof = Json.write(ControlProof.of("secret", nonce));
            exchange.sendResponseHeaders(200, proof.length);
            exchange.getResponseBody().write(proof);
            exchange.close();
            return;
          }
          calls.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  public void answer(int newStatus, Object newBody) {
    body = Json.write(newBody);
    status = newStatus;
  }

  /** From now on it is another program, which does not know the token. */
  void becomeForeign() {
    isForeign = true;
  }

  void answerNothing(int newStatus) {
    body = new byte[0];
    status = newStatus;
  }

  /** Each as method, path and authorization. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  public void writeControlFile(Path run) throws IOException {
    Files.createDirectories(run);
    Files.write(run.resolve(ControlFile.NAME), Json.write(file()));
  }

  public ControlFile file() {
    return new ControlFile(
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "secret",
        ProcessHandle.current().pid());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
