package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.troupe.node.http.ConnectionLimits;
import dev.troupe.node.http.HttpListener;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.ControlProof;
import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.Endpoint;
import dev.troupe.protocol.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
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

  private ManagementServer(ManagementSources sources) {
    this.system = sources.system();
    Sessions sessions = new Sessions(sources.secret(), Clock.systemUTC());
    DashboardFiles files = new DashboardFiles();
    List<ManagementRoute> routes = new ArrayList<>(ManagementRoutes.all(sources, sessions, files));
    routes.add(
        ManagementRoute.get(
            ControlProof.PATH + "{nonce}",
            Permission.NONE,
            request -> now(proof(request.variable("nonce")))));
    this.handler = new ManagementHandler(system, new AccessCheck(token, sessions), routes, files);
  }

  /**
   * Binds, then writes {@code run/control.json}. Blocks.
   *
   * @throws Exception when no port is free or the file cannot be written
   */
  public static void start(ManagementSources sources) throws Exception {
    Settings settings = sources.settings();
    ManagementServer server = new ManagementServer(sources);
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
