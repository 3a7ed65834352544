package dev.troupe.node.start;

import dev.troupe.node.call.RouterActor;
import dev.troupe.node.failure.Failures;
import dev.troupe.node.health.HeartbeatPublisher;
import dev.troupe.node.health.ReadinessMonitor;
import dev.troupe.node.shutdown.LeaveTimeout;
import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.node.shutdown.ShutdownOnFailure;
import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * Owns the phases of a node: it spawns the node's actors, starts the role, and drains the role
 * before the node leaves. The phases are {@link #joining}, {@link #starting} (a member whose role
 * has not started yet), {@link #running} and {@link #draining}.
 */
final class NodeGuardian {
  sealed interface Command {}

  private record MemberUp(SelfUp event) implements Command {}

  private record Started(StartedRole role) implements Command {}

  private record StartFailed(Throwable cause) implements Command {}

  private record Drain(ActorRef<Done> replyTo) implements Command {}

  private record Drained(ActorRef<Done> replyTo) implements Command {}

  private final ActorContext<Command> context;
  private final NodeIdentity identity;
  private final Settings settings;
  private final NodeActors actors;

  private NodeGuardian(
      ActorContext<Command> context, NodeIdentity identity, Settings settings, NodeRole role) {
    this.context = context;
    this.identity = identity;
    this.settings = settings;
    this.actors = NodeActors.spawn(context, identity, settings, this::leave);
    Cluster.get(context.getSystem())
        .subscriptions()
        .tell(Subscribe.create(context.messageAdapter(SelfUp.class, MemberUp::new), SelfUp.class));
    drainBeforeLeaving();
    LeaveTimeout.set(context.getSystem(), identity.slot(), settings.stop().grace());
    Executor blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    NodeContext node =
        new NodeContext(
            identity,
            settings,
            context.getSystem(),
            actors.registry(),
            actors.view()::get,
            RouterActor.client(actors.router()),
            actors.metrics(),
            blocking);
    context.pipeToSelf(
        CompletableFuture.supplyAsync(() -> Failures.unchecked(() -> role.start(node)), blocking),
        (started, failure) -> failure == null ? new Started(started) : new StartFailed(failure));
  }

  /** Does not join a cluster: {@link NodeMain#join} does. */
  static Behavior<Command> create(NodeIdentity identity, Settings settings, NodeRole role) {
    return Behaviors.intercept(
        () -> new ShutdownOnFailure<>(Command.class),
        Behaviors.setup(
            context -> new NodeGuardian(context, identity, settings, role).joining(null)));
  }

  /**
   * @param role once it has started
   */
  private Behavior<Command> joining(@Nullable StartedRole role) {
    return untilRunning()
        .onMessage(Started.class, started -> joining(watched(started.role())))
        .onMessage(MemberUp.class, up -> onMemberUp(role))
        .build();
  }

  private Behavior<Command> starting() {
    return untilRunning().onMessage(Started.class, started -> run(watched(started.role()))).build();
  }

  private Behavior<Command> running(
      StartedRole role,
      ActorRef<HeartbeatPublisher.Command> heartbeats,
      ActorRef<ReadinessMonitor.Command> readiness) {
    return Behaviors.receive(Command.class)
        .onMessage(Drain.class, drain -> onDrain(drain, role, heartbeats, readiness))
        .onSignal(Terminated.class, lost -> onActorLost(lost, heartbeats))
        .build();
  }

  // The actors that stop now are no news.
  private Behavior<Command> draining() {
    return Behaviors.receive(Command.class)
        .onMessage(Drained.class, this::onDrained)
        .onMessage(StartFailed.class, this::onStartFailed)
        .onAnyMessage(late -> Behaviors.same())
        .onSignal(Terminated.class, lost -> Behaviors.same())
        .build();
  }

  private BehaviorBuilder<Command> untilRunning() {
    return Behaviors.receive(Command.class)
        .onMessage(StartFailed.class, this::onStartFailed)
        .onMessage(Drain.class, this::onDrainBeforeRunning)
        .onSignal(Terminated.class, lost -> onActorLost(lost, null));
  }

  private Behavior<Command> onMemberUp(@Nullable StartedRole role) {
    actors.joinTimeout().tell(JoinTimeout.Command.JOINED);
    return role == null ? starting() : run(role);
  }

  private StartedRole watched(StartedRole role) {
    if (role.endpoint() != null) {
      context.watch(role.endpoint());
    }
    return role;
  }

  private Behavior<Command> run(StartedRole role) {
    String address = Cluster.get(context.getSystem()).selfMember().address().toString();
    ActorRef<HeartbeatPublisher.Command> heartbeats =
        NodeActors.essential(
            context,
            HeartbeatPublisher.create(
                role.registration(identity, address),
                role.descriptor(),
                role.counters(),
                actors.callReports()::get,
                actors.registry(),
                actors.pulses(),
                role.stallDetector(
                    context.getSystem().executionContext()::execute,
                    settings.health().suspectAfter())),
            "heartbeats");
    ActorRef<ReadinessMonitor.Command> readiness =
        NodeActors.essential(
            context,
            ReadinessMonitor.create(
                identity.slot(),
                role.check(),
                settings.health().checkInterval(),
                settings.health().heartbeatTimeout(),
                heartbeats),
            "readiness");
    return running(role, heartbeats, readiness);
  }

  private Behavior<Command> onStartFailed(StartFailed failed) {
    ActorSystem<?> system = context.getSystem();
    Optional<String> refusal = StartRefusal.in(failed.cause());
    if (refusal.isPresent()) {
      context.getLog().error("[{}] refuses to start: {}", identity.slot(), refusal.get());
      NodeShutdown.begin(system, NodeExit.START_REFUSED, refusal.get());
      return Behaviors.same();
    }
    Throwable cause = Failures.rootOf(failed.cause());
    String text = Failures.text(cause);
    context.getLog().error("[{}] cannot start: {}", identity.slot(), text, cause);
    NodeShutdown.begin(system, NodeExit.START_FAILED, text);
    return Behaviors.same();
  }

  // No other node can notice it: a node without a router gives no answers, and a node without a
  // registry keeps an old view of the cluster.
  private Behavior<Command> onActorLost(
      Terminated lost, @Nullable ActorRef<HeartbeatPublisher.Command> heartbeats) {
    String name = lost.getRef().path().name();
    String failure =
        lost instanceof ChildFailed failed ? ": " + Failures.text(failed.getCause()) : "";
    context
        .getLog()
        .error("[{}] its actor '{}' has stopped{}; ending", identity.slot(), name, failure);
    if (heartbeats != null) {
      heartbeats.tell(
          new HeartbeatPublisher.Say(
              InstanceState.UNHEALTHY, "its actor '%s' has stopped".formatted(name)));
    }
    NodeShutdown.begin(context.getSystem(), NodeExit.ESSENTIAL_ACTOR_LOST, name + failure);
    return Behaviors.same();
  }

  // A node that is not registered has taken no requests.
  private Behavior<Command> onDrainBeforeRunning(Drain drain) {
    actors.stopDetectors(context);
    drain.replyTo().tell(Done.getInstance());
    return draining();
  }

  private Behavior<Command> onDrain(
      Drain drain,
      StartedRole role,
      ActorRef<HeartbeatPublisher.Command> heartbeats,
      ActorRef<ReadinessMonitor.Command> readiness) {
    actors.stopDetectors(context);
    context.stop(readiness);
    context.getLog().info("[{}] draining", identity.slot());
    heartbeats.tell(new HeartbeatPublisher.Say(InstanceState.DRAINING, "leaving"));
    context.pipeToSelf(role.drain().get(), (nothing, failure) -> new Drained(drain.replyTo()));
    return draining();
  }

  private Behavior<Command> onDrained(Drained drained) {
    context.getLog().info("[{}] drained", identity.slot());
    drained.replyTo().tell(Done.getInstance());
    return Behaviors.same();
  }

  // SIGTERM and a request of the cluster to leave both run coordinated shutdown.
  private void drainBeforeLeaving() {
    ActorSystem<?> system = context.getSystem();
    ActorRef<Command> self = context.getSelf();
    Duration timeout = NodeConfig.longestDrain(settings, identity.service());
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "drain",
            () -> AskPattern.ask(self, Drain::new, timeout, system.scheduler()));
  }

  private void leave() {
    NodeShutdown.begin(context.getSystem(), NodeExit.ORPHANED, "for " + settings.orphanGrace());
  }
}
