package dev.troupe.bench;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Flow;

/**
 * A bare Pekko HTTP server that gives each request the same answer, of the size of a user. A
 * request to any gateway on Pekko HTTP costs at least as much on this machine.
 */
final class PingServer {
  private static final String USER =
      "{\"status\":\"success\",\"user\":{\"id\":1,\"username\":\"somebody\","
          + "\"email\":\"somebody@example.com\"},\"request_id\":\"2x5uwxmx0v1m5-1a\"}";

  private PingServer() {}

  /**
   * Prints the URL of the server, and ends at the end of standard input. As a program of a cluster
   * it listens on the port that it was given, and ends when it is killed.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String port = System.getenv("PORT");
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "ping",
            ConfigFactory.parseString(
                    """
                    pekko.stdout-loglevel = "WARNING"
                    pekko.http.server.request-timeout = infinite
                    pekko.actor.default-dispatcher.fork-join-executor.parallelism-min = 2
                    pekko.actor.default-dispatcher.fork-join-executor.parallelism-factor = 1.0
                    """)
                .withFallback(ConfigFactory.defaultReference()));
    HttpResponse answer =
        HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, USER));
    ServerBinding binding =
        Http.get(system)
            .newServerAt("127.0.0.1", port == null ? 0 : Integer.parseInt(port))
            .bindFlow(
                Flow.of(HttpRequest.class)
                    .mapAsync(1, request -> CompletableFuture.completedStage(answer)))
            .toCompletableFuture()
            .join();
    System.out.println("http://127.0.0.1:" + binding.localAddress().getPort());
    if (port != null) {
      Thread.currentThread().join();
    }
    System.in.readAllBytes();
    system.terminate();
  }
}
