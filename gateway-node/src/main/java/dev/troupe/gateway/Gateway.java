package dev.troupe.gateway;

import dev.troupe.gateway.http.BodyReader;
import dev.troupe.gateway.http.CannotListenException;
import dev.troupe.gateway.http.HttpServer;
import dev.troupe.gateway.openapi.DocumentPages;
import dev.troupe.gateway.request.RequestHandler;
import dev.troupe.gateway.request.RequestMetrics;
import dev.troupe.gateway.request.StartupWaitingRoom;
import dev.troupe.gateway.request.StreamedResponses;
import dev.troupe.gateway.request.Uploads;
import dev.troupe.gateway.route.LiveRoutes;
import dev.troupe.gateway.status.StatusPage;
import dev.troupe.node.call.CallClient;
import dev.troupe.node.dispatcher.InternalDispatcher;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.http.ConnectionStats;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.service.GatewayPaths;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.settings.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.SystemMaterializer;
import org.jspecify.annotations.Nullable;

/** Wires the parts of the gateway. They are parameters, so that tests can pass fakes. */
public final class Gateway {
  private Gateway() {}

  /**
   * Starts the HTTP server of the gateway. Blocks until it listens.
   *
   * @param version of the gateway, for display
   * @throws CannotListenException when the server may not or cannot listen on the address of the
   *     settings
   */
  static HttpServer.Listening start(
      ActorSystem<?> system,
      Settings settings,
      Supplier<RegistryView> registry,
      CallClient calls,
      CallCounters counters,
      NodeMetrics metrics,
      String version)
      throws CannotListenException, InterruptedException {
    AtomicReference<HttpServer.Listening> server = new AtomicReference<>();
    RequestHandler handler =
        handler(
            system,
            settings,
            registry,
            calls,
            counters,
            metrics,
            version,
            () -> stats(server.get()));
    server.set(HttpServer.listen(system, settings, handler));
    return server.get();
  }

  /**
   * All of the gateway behind its connections: the answer to each request.
   *
   * @param metrics get how long requests take
   * @param version of the gateway, for display
   * @param connections for display
   */
  public static RequestHandler handler(
      ActorSystem<?> system,
      Settings settings,
      Supplier<RegistryView> registry,
      CallClient calls,
      CallCounters counters,
      NodeMetrics metrics,
      String version,
      Supplier<ConnectionStats> connections) {
    Map<PathTemplate, StatusPage> pages =
        StatusPage.all(settings, version, Clock.systemUTC(), connections);
    StatusPage index = Objects.requireNonNull(pages.get(GatewayPaths.INDEX));
    LiveRoutes routes = new LiveRoutes(pages, DocumentPages.all(version, calls, index));
    BodyReader bodies =
        new BodyReader(
            SystemMaterializer.get(system).materializer(),
            settings.gateway().maxBodyBytes(),
            settings.gateway().clients().bodyTimeout());
    ActorRef<StartupWaitingRoom.Command> room =
        system.systemActorOf(
            Behaviors.supervise(
                    StartupWaitingRoom.create(settings.gateway().waitingRoom(), System::nanoTime))
                .onFailure(SupervisorStrategy.restart()),
            "startup-waiting-room",
            InternalDispatcher.PROPS);
    StreamedResponses streams = new StreamedResponses(system, settings.streams());
    Uploads uploads = new Uploads(system, settings.streams(), bodies);
    return new RequestHandler(
        system,
        settings,
        routes,
        registry,
        calls,
        bodies,
        counters,
        new RequestMetrics(metrics),
        streams,
        uploads,
        room);
  }

  private static ConnectionStats stats(HttpServer.@Nullable Listening server) {
    return server == null ? ConnectionStats.NONE : server.stats();
  }
}
