package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.seed.supervisor.OperatorCommands;
import dev.troupe.seed.supervisor.SupervisorActor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The state of the cluster, and the commands that change it. */
final class ClusterRoutes {
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern VERSION = Pattern.compile("[0-9a-f]{16}");

  /**
   * The body of a 202.
   *
   * @param rollout the id of the rollout in the status; 0 if the command is no rollout
   */
  private record Accepted(List<String> slots, long rollout) {}

  private final ActorSystem<?> system;
  private final ActorRef<SupervisorActor.Command> supervisor;
  private final Supplier<RegistryView> registry;

  /**
   * @param registry the newest view of the cluster
   */
  ClusterRoutes(
      ActorSystem<?> system,
      ActorRef<SupervisorActor.Command> supervisor,
      Supplier<RegistryView> registry) {
    this.system = system;
    this.supervisor = supervisor;
    this.registry = registry;
  }

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get(
            "/status", Permission.READ, request -> status().thenApply(now -> json(200, now))),
        ManagementRoute.get(
            "/routes", Permission.READ, request -> now(json(200, KnownRoutes.in(registry.get())))),
        ManagementRoute.post("/restart/{target}", Permission.OPERATE, this::restart),
        ManagementRoute.post("/roll/{service}", Permission.OPERATE, this::roll),
        ManagementRoute.post("/scale/{service}/{instances}", Permission.OPERATE, this::scale),
        ManagementRoute.post(
            "/deploy/{service}/{version}", Permission.OPERATE, request -> deploy(request, false)),
        ManagementRoute.post(
            "/deploy-at-once/{service}/{version}",
            Permission.OPERATE,
            request -> deploy(request, true)),
        ManagementRoute.post("/stop", Permission.OPERATE, request -> stop()));
  }

  CompletionStage<ClusterStatus> status() {
    return AskPattern.ask(
        supervisor, SupervisorActor.GetStatus::new, ASK_TIMEOUT, system.scheduler());
  }

  private CompletionStage<HttpResponse> restart(ManagementRequest request) {
    String target = request.variable("target");
    return execute(target, new OperatorCommands.Restart(target));
  }

  private CompletionStage<HttpResponse> roll(ManagementRequest request) {
    String service = request.variable("service");
    return execute(service, new OperatorCommands.RestartRolling(service));
  }

  private CompletionStage<HttpResponse> scale(ManagementRequest request) {
    String service = request.variable("service");
    String instances = request.variable("instances");
    return NUMBER.matcher(instances).matches()
        ? execute(service, new OperatorCommands.Scale(service, Integer.parseInt(instances)))
        : now(error(400, "'%s' is no number of instances".formatted(instances)));
  }

  private CompletionStage<HttpResponse> deploy(ManagementRequest request, boolean atOnce) {
    String service = request.variable("service");
    String version = request.variable("version");
    return VERSION.matcher(version).matches()
        ? execute(service, new OperatorCommands.Deploy(service, version, atOnce))
        : now(error(400, "'%s' is no version (expected: 16 hex digits)".formatted(version)));
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
      return error(409, refused.why());
    }
    List<String> known = ((OperatorCommands.UnknownTarget) answer).known();
    return error(
        404,
        "there is no slot or service '%s'; there are: %s"
            .formatted(target, String.join(", ", known)));
  }

  // Only starts the coordinated shutdown, one phase of which stops all slots.
  private CompletionStage<HttpResponse> stop() {
    CoordinatedShutdown.get(system).runAll(ManagementServer.StopOrdered.INSTANCE);
    return now(json(202, new Accepted(List.of(), 0)));
  }
}
