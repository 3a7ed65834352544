package dev.troupe.seed.control;

import dev.troupe.node.http.ConnectionLimits;
import dev.troupe.node.http.HttpListener;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlError;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.ControlProof;
import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.json.Json;
import dev.troupe.seed.supervisor.OperatorCommands;
import dev.troupe.seed.supervisor.SupervisorActor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/**
 * The control API. It listens on the loopback and serves who can read {@code run/control.json}.
 *
 * <p>{@code GET /status}, {@code GET /routes}, {@code POST /restart/SLOT-OR-SERVICE}, {@code POST
 * /roll/SERVICE}, {@code POST /scale/SERVICE/INSTANCES}, {@code POST /deploy/SERVICE/VERSION} and
 * {@code POST /deploy-at-once/SERVICE/VERSION}, {@code POST /stop}; and without a token {@code GET
 * /proof/NONCE}.
 */
public final class ControlServer {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String RESTART = "/restart/";
  private static final String ROLL = "/roll/";
  private static final Pattern SCALE = Pattern.compile("/scale/([^/]+)/([0-9]{1,9})");
  private static final Pattern DEPLOY =
      Pattern.compile("/deploy(-at-once)?/([^/]+)/([0-9a-f]{16})");
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);
  private static final int BIND_SECONDS = 10;
  private static final int MAX_CONNECTIONS = 256;
  private static final int KIB = 1 << 10;
  // The command line sends one request on each connection. The server ignores request bodies.
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(
          MAX_CONNECTIONS,
          MAX_CONNECTIONS,
          1,
          32 * KIB,
          64 * KIB,
          Duration.ofSeconds(1),
          16 * KIB * KIB,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));

  /** The reason of a coordinated shutdown that {@code POST /stop} has started. */
  public enum StopOrdered implements CoordinatedShutdown.Reason {
    INSTANCE
  }

  /**
   * The body of a 202.
   *
   * @param rollout the id of the rollout in the status; 0 if the command is no rollout
   */
  private record Accepted(List<String> slots, long rollout) {}

  private final ActorSystem<?> system;
  private final ActorRef<SupervisorActor.Command> supervisor;
  private final Supplier<RegistryView> registry;
  private final ControlToken token = ControlToken.generate();

  private ControlServer(
      ActorSystem<?> system,
      ActorRef<SupervisorActor.Command> supervisor,
      Supplier<RegistryView> registry) {
    this.system = system;
    this.supervisor = supervisor;
    this.registry = registry;
  }

  /**
   * Binds, then writes {@code run/control.json}. Blocks.
   *
   * @param registry the newest view of the cluster
   * @param port 0 means any free one
   * @throws Exception when the port is taken or the file cannot be written
   */
  public static void start(
      ActorSystem<?> system,
      ActorRef<SupervisorActor.Command> supervisor,
      Supplier<RegistryView> registry,
      int port,
      Path run)
      throws Exception {
    ControlServer server = new ControlServer(system, supervisor, registry);
    HttpListener listener =
        HttpListener.listen(
                system,
                "control",
                LOOPBACK,
                port,
                serverSettings(system),
                LIMITS,
                new OwnerCheck(PeerUser.self(), PeerUser::of),
                server::handle,
                (request, response) ->
                    json(503, new ControlError("too many large replies are being read; try again")))
            .toCompletableFuture()
            .get(BIND_SECONDS, TimeUnit.SECONDS);
    String url = "http://" + LOOPBACK + ":" + listener.localAddress().getPort();
    server.publish(url, run);
  }

  private static ServerSettings serverSettings(ActorSystem<?> system) {
    ServerSettings settings = ServerSettings.create(system.classicSystem());
    // LIMITS has a timeout for each phase of a request, so Pekko's idle timeout is not needed.
    return settings.withTimeouts(
        settings.getTimeouts().withIdleTimeout(scala.concurrent.duration.Duration.Inf()));
  }

  private void publish(String url, Path run) throws IOException {
    ControlFile file = new ControlFile(url, token.value(), ProcessHandle.current().pid());
    PrivateFile.write(run.resolve(ControlFile.NAME), Json.write(file));
  }

  private CompletionStage<HttpResponse> handle(HttpRequest request) {
    request.discardEntityBytes(system);
    String path = request.getUri().path();
    boolean post = request.method().equals(HttpMethods.POST);
    if (path.startsWith(ControlProof.PATH) && request.method().equals(HttpMethods.GET)) {
      return proof(path.substring(ControlProof.PATH.length()));
    }
    String authorization =
        request.getHeader("Authorization").map(header -> header.value()).orElse("");
    if (!token.isIn(authorization)) {
      return error(401, "the token of run/control.json is needed, as Authorization: Bearer TOKEN");
    }
    if (path.equals("/status") && request.method().equals(HttpMethods.GET)) {
      return status();
    }
    if (path.equals("/routes") && request.method().equals(HttpMethods.GET)) {
      return CompletableFuture.completedStage(json(200, KnownRoutes.in(registry.get())));
    }
    if (path.equals("/stop") && post) {
      return stop();
    }
    if (path.startsWith(RESTART) && post) {
      String target = path.substring(RESTART.length());
      return execute(target, new OperatorCommands.Restart(target));
    }
    if (path.startsWith(ROLL) && post) {
      String service = path.substring(ROLL.length());
      return execute(service, new OperatorCommands.RestartRolling(service));
    }
    Matcher scale = SCALE.matcher(path);
    if (scale.matches() && post) {
      String service = scale.group(1);
      int instances = Integer.parseInt(scale.group(2));
      return execute(service, new OperatorCommands.Scale(service, instances));
    }
    Matcher deploy = DEPLOY.matcher(path);
    if (deploy.matches() && post) {
      String service = deploy.group(2);
      return execute(
          service, new OperatorCommands.Deploy(service, deploy.group(3), deploy.group(1) != null));
    }
    return error(
        404,
        "expected GET /status, GET /routes, POST /restart/SLOT-OR-SERVICE, POST /roll/SERVICE,"
            + " POST /scale/SERVICE/INSTANCES, POST /deploy/SERVICE/VERSION or POST /stop");
  }

  // Needs no token: the answer proves that this process knows the token, and tells nothing else.
  private CompletionStage<HttpResponse> proof(String nonce) {
    if (!ControlProof.isNonce(nonce)) {
      return error(400, "the nonce of a proof is 16 to 64 of [A-Za-z0-9_-]");
    }
    return CompletableFuture.completedStage(json(200, ControlProof.of(token.value(), nonce)));
  }

  private CompletionStage<HttpResponse> status() {
    CompletionStage<ClusterStatus> status =
        AskPattern.ask(supervisor, SupervisorActor.GetStatus::new, ASK_TIMEOUT, system.scheduler());
    return status.thenApply(answer -> json(200, answer));
  }

  private CompletionStage<HttpResponse> execute(String target, OperatorCommands.Command command) {
    CompletionStage<OperatorCommands.Reply> reply =
        AskPattern.ask(
            supervisor,
            replyTo -> new SupervisorActor.Execute(command, replyTo),
            ASK_TIMEOUT,
            system.scheduler());
    return reply.thenApply(answer -> response(target, answer));
  }

  private static HttpResponse response(String target, OperatorCommands.Reply answer) {
    if (answer instanceof OperatorCommands.Begun begun) {
      return json(202, new Accepted(begun.slots(), begun.rollout()));
    }
    if (answer instanceof OperatorCommands.Refused refused) {
      return json(409, new ControlError(refused.why()));
    }
    List<String> known = ((OperatorCommands.UnknownTarget) answer).known();
    return json(
        404,
        new ControlError(
            "there is no slot or service '%s'; there are: %s"
                .formatted(target, String.join(", ", known))));
  }

  // Only starts the coordinated shutdown, one phase of which stops all slots.
  private CompletionStage<HttpResponse> stop() {
    CoordinatedShutdown.get(system).runAll(StopOrdered.INSTANCE);
    return CompletableFuture.completedStage(json(202, new Accepted(List.of(), 0)));
  }

  private static CompletionStage<HttpResponse> error(int code, String message) {
    return CompletableFuture.completedStage(json(code, new ControlError(message)));
  }

  private static HttpResponse json(int code, Object body) {
    return HttpResponse.create()
        .withStatus(code)
        .withEntity(ContentTypes.APPLICATION_JSON, Json.write(body));
  }
}
