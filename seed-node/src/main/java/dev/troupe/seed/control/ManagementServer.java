package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.troupe.node.http.ConnectionLimits;
import dev.troupe.node.http.HttpListener;
import dev.troupe.node.metrics.MetricsReporter;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.ControlProof;
import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.metrics.MetricsRequest;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.settings.Endpoint;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.alerts.AlertsActor;
import dev.troupe.seed.events.EventHistory;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.history.HistoryActor;
import dev.troupe.seed.query.NodeClient;
import dev.troupe.seed.query.NodeQuestion;
import dev.troupe.seed.supervisor.SupervisorActor;
import dev.troupe.seed.traces.TracesActor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management listener: the API that {@code bin/troupe} and other programs use, and the
 * dashboard. It serves who can read {@code run/control.json}, and browsers that such a program has
 * let in.
 */
public final class ManagementServer {
  private static final Logger log = LoggerFactory.getLogger(ManagementServer.class);
  private static final int BIND_SECONDS = 10;
  private static final int MAX_CONNECTIONS = 256;
  private static final int KIB = 1 << 10;
  // The longest regular expression for the logs, percent-encoded, fits in.
  private static final int MAX_URI_BYTES = 16 * KIB;

  // Room for the bodies of all calls that may be under way; those of other requests are ignored.
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(
          MAX_CONNECTIONS,
          MAX_CONNECTIONS,
          1,
          32 * KIB,
          (long) CallRoutes.MOST_CALLS * CallRoutes.MAX_REQUEST,
          Duration.ofSeconds(1),
          16 * KIB * KIB,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));

  /** The reason of a coordinated shutdown that {@code POST /stop} has started. */
  public enum StopOrdered implements CoordinatedShutdown.Reason {
    INSTANCE
  }

  private final ActorSystem<?> system;
  private final ControlToken token = ControlToken.generate();
  private final ManagementHandler handler;

  private ManagementServer(
      ActorSystem<?> system,
      ActorRef<SupervisorActor.Command> supervisor,
      ActorRef<EventJournal.Command> journal,
      ActorRef<AlertsActor.Command> alerts,
      ActorRef<TracesActor.Command> traces,
      @Nullable ActorRef<HistoryActor.Command> metricsHistory,
      Supplier<RegistryView> registry,
      Supplier<Map<String, Set<String>>> observers,
      Settings settings,
      HomeSecret secret,
      Executor blocking) {
    this.system = system;
    Sessions sessions = new Sessions(secret, Clock.systemUTC());
    DashboardFiles files = new DashboardFiles();
    List<ManagementRoute> routes = new ArrayList<>();
    EventHistory history = new EventHistory(settings.run());
    ClusterRoutes cluster = new ClusterRoutes(system, supervisor, registry);
    routes.add(
        ManagementRoute.get(
            ControlProof.PATH + "{nonce}",
            Permission.NONE,
            request -> now(proof(request.variable("nonce")))));
    routes.addAll(cluster.all());
    routes.addAll(new LoginRoutes(sessions, files).all());
    routes.addAll(new DashboardRoutes(files).all());
    HistoryRoutes load = new HistoryRoutes(system, metricsHistory);
    SlotLookup slots = new SlotLookup(cluster::status, blocking);
    routes.addAll(new SlotRoutes(slots, settings, history, load::table, blocking).all());
    routes.addAll(new ThreadRoutes(slots, settings.logDirectory()).all());
    routes.addAll(new AlertRoutes(system, alerts).all());
    routes.addAll(new TraceRoutes(system, traces, settings.traces().enabled()).all());
    routes.addAll(new RegistryRoutes(registry, observers).all());
    Duration lag = settings.health().suspectAfter();
    routes.addAll(new DataRoute(system, cluster::status, registry, lag, blocking).all());
    routes.addAll(new SlotFileRoutes(settings.logDirectory(), blocking).all());
    routes.addAll(new LogRoutes(settings.logDirectory(), blocking).all());
    routes.addAll(new CallRoutes(cluster::status, blocking).all());
    routes.addAll(new LiveRoute(system, supervisor, journal, registry, history, blocking).all());
    NodeClient<MetricsReport> metrics = settings.metrics().enabled() ? metrics(system) : null;
    routes.addAll(new MetricsRoute(cluster::status, registry, settings, blocking, metrics).all());
    routes.addAll(new CallGraphRoute(registry, metrics).all());
    routes.addAll(load.all());
    this.handler = new ManagementHandler(system, new AccessCheck(token, sessions), routes, files);
  }

  private static NodeClient<MetricsReport> metrics(ActorSystem<?> system) {
    return new NodeClient<>(
        system,
        "metrics-scraper",
        new NodeQuestion<>(
            MetricsReport.class,
            MetricsReport.VERSION,
            (address, query, replyTo) ->
                MetricsReporter.of(address, system).tell(new MetricsRequest(query, replyTo))));
  }

  /**
   * Binds, then writes {@code run/control.json}. Blocks.
   *
   * @param metricsHistory null if none is kept
   * @param registry the newest view of the cluster
   * @param observers the addresses of the members that do not hear another, by the address of that
   * @param blocking for work that reads files
   * @throws Exception when no port is free or the file cannot be written
   */
  public static void start(
      ActorSystem<?> system,
      ActorRef<SupervisorActor.Command> supervisor,
      ActorRef<EventJournal.Command> journal,
      ActorRef<AlertsActor.Command> alerts,
      ActorRef<TracesActor.Command> traces,
      @Nullable ActorRef<HistoryActor.Command> metricsHistory,
      Supplier<RegistryView> registry,
      Supplier<Map<String, Set<String>>> observers,
      Settings settings,
      HomeSecret secret,
      Executor blocking)
      throws Exception {
    ManagementServer server =
        new ManagementServer(
            system,
            supervisor,
            journal,
            alerts,
            traces,
            metricsHistory,
            registry,
            observers,
            settings,
            secret,
            blocking);
    Endpoint endpoint = settings.management().endpoint();
    HttpListener listener = server.listen(endpoint, ports(settings));
    String url =
        "http://%s:%d".formatted(endpoint.hostInAddress(), listener.localAddress().getPort());
    server.publish(url, settings.run());
  }

  // First the port of the seed node before this one, so that an open dashboard finds this one.
  private static Set<Integer> ports(Settings settings) {
    Set<Integer> ports = new LinkedHashSet<>();
    Path before = settings.run().resolve(ControlFile.NAME);
    try {
      if (Files.exists(before)) {
        ports.add(URI.create(ControlFile.read(settings.run()).url()).getPort());
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      log.info("{} cannot be read: {}", before, unreadable.toString());
    }
    ports.add(settings.management().endpoint().port());
    ports.add(0);
    ports.removeIf(port -> port < 0);
    return ports;
  }

  private HttpListener listen(Endpoint endpoint, Set<Integer> ports)
      throws InterruptedException, ExecutionException, TimeoutException {
    ExecutionException taken = null;
    for (int port : ports) {
      try {
        return HttpListener.listen(
                system,
                "management",
                endpoint.host(),
                port,
                serverSettings(),
                LIMITS,
                new OwnerCheck(PeerUser.self(), PeerUser::of),
                handler,
                (request, response) ->
                    error(503, "too many large replies are being read; try again"))
            .toCompletableFuture()
            .get(BIND_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        log.info("the management listener cannot have port {}: {}", port, e.getMessage());
        taken = e;
      }
    }
    throw new IllegalStateException("no port is free", taken);
  }

  private ServerSettings serverSettings() {
    ServerSettings settings = ServerSettings.create(system.classicSystem());
    // LIMITS has a timeout for each phase of a request, so Pekko's idle timeout is not needed.
    return settings
        .withTimeouts(
            settings.getTimeouts().withIdleTimeout(scala.concurrent.duration.Duration.Inf()))
        .withParserSettings(settings.getParserSettings().withMaxUriLength(MAX_URI_BYTES));
  }

  private void publish(String url, Path run) throws IOException {
    ControlFile file = new ControlFile(url, token.value(), ProcessHandle.current().pid());
    PrivateFile.write(run.resolve(ControlFile.TOKEN_FILE), token.value().getBytes(US_ASCII));
    PrivateFile.write(run.resolve(ControlFile.NAME), Json.write(file));
  }

  // Needs no token: the answer proves that this process knows the token, and tells nothing else.
  private HttpResponse proof(String nonce) {
    return ControlProof.isNonce(nonce)
        ? json(200, ControlProof.of(token.value(), nonce))
        : error(400, "the nonce of a proof is 16 to 64 of [A-Za-z0-9_-]");
  }
}
