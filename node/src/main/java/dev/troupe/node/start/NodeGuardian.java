package dev.troupe.node.start;

import dev.troupe.node.call.RouterActor;
import dev.troupe.node.death.DeathNoticeReceiver;
import dev.troupe.node.dispatcher.InternalDispatcher;
import dev.troupe.node.failure.Failures;
import dev.troupe.node.health.DeadlockException;
import dev.troupe.node.health.HeartbeatPublisher;
import dev.troupe.node.health.MonitoredWork;
import dev.troupe.node.health.ReadinessProbe;
import dev.troupe.node.health.StallDetector;
import dev.troupe.node.health.WorkProgress;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.shutdown.LeaveTimeout;
import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.node.shutdown.OrphanDetector;
import dev.troupe.node.shutdown.ShutdownOnFailure;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.DegradedException;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/** Owns a node's way from start to ready to drained: what it hosts, and what it says of itself. */
final class NodeGuardian extends AbstractBehavior<NodeGuardian.Command> {
  sealed interface Command {}

  private record MemberUp(SelfUp event) implements Command {}

  private record Started(StartedRole startedRole) implements Command {}

  private record StartFailure(Throwable cause) implements Command {}

  private record Checked(@Nullable Throwable failure) implements Command {}

  private record Drain(ActorRef<Done> replyTo) implements Command {}

  private record Drained(ActorRef<Done> replyTo) implements Command {}

  private enum CheckAgain implements Command {
    INSTANCE
  }

  private static final int RESTARTS = 10;

  private final NodeIdentity identity;
  private final Settings settings;
  private final TimerScheduler<Command> timers;
  private final Executor blocking;
  private final ReadinessProbe readinessProbe;
  private final ActorRef<RegistryActor.Command> registry;
  private final ActorRef<JoinWarning.Command> joinNotice;
  private final AtomicReference<Map<String, CallReport>> callReports =
      new AtomicReference<>(Map.of());
  private boolean memberUp;
  private boolean draining;
  private @Nullable StartedRole startedRole;
  private @Nullable ActorRef<HeartbeatPublisher.Command> heartbeatPublisher;
  private @Nullable ActorRef<OrphanDetector.Command> orphanWatch;
  private @Nullable String lastFailure;

  private NodeGuardian(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      NodeIdentity identity,
      Settings settings,
      NodeRole role) {
    super(context);
    this.identity = identity;
    this.settings = settings;
    this.timers = timers;
    this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    this.readinessProbe = new ReadinessProbe(checkThread(), settings.health().heartbeatTimeout());
    AtomicReference<RegistryView> newest = new AtomicReference<>(RegistryView.EMPTY);
    this.registry =
        context.spawn(
            RegistryActor.create(settings.health().suspectAfter(), newest),
            "registry",
            InternalDispatcher.PROPS);
    // What others hold the state of is not restarted: the node ends and is launched again. What has
    // none is.
    context.watch(registry);
    context.watch(
        context.spawn(
            restarted(DeathNoticeReceiver.create(registry)),
            DeathNoticeReceiver.name(),
            InternalDispatcher.PROPS));
    ActorRef<RouterActor.Command> router =
        context.spawn(
            RouterActor.create(settings, registry, callReports),
            "router",
            InternalDispatcher.PROPS);
    context.watch(router);
    if (!identity.service().equals(NodeNames.SEED) && settings.orphanGrace() != null) {
      orphanWatch =
          context.spawn(
              restarted(OrphanDetector.create(settings.orphanGrace(), this::leave, registry)),
              "orphan",
              InternalDispatcher.PROPS);
      context.watch(orphanWatch);
    }
    Cluster.get(context.getSystem())
        .subscriptions()
        .tell(Subscribe.create(context.messageAdapter(SelfUp.class, MemberUp::new), SelfUp.class));
    joinNotice = context.spawn(JoinWarning.create(identity.slot()), "join-notice");
    drainBeforeLeaving();
    LeaveTimeout.set(context.getSystem(), identity.slot(), settings.stop().grace());
    NodeContext node =
        new NodeContext(
            identity,
            settings,
            context.getSystem(),
            registry,
            newest::get,
            RouterActor.client(router),
            blocking);
    context.pipeToSelf(
        start(role, node),
        (started, failure) -> failure == null ? new Started(started) : new StartFailure(failure));
  }

  static Behavior<Command> create(NodeIdentity identity, Settings settings, NodeRole role) {
    return Behaviors.intercept(
        () -> new ShutdownOnFailure<>(Command.class),
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> new NodeGuardian(context, timers, identity, settings, role))));
  }

  private static <T> Behavior<T> restarted(Behavior<T> behavior) {
    return Behaviors.supervise(behavior)
        .onFailure(SupervisorStrategy.restart().withLimit(RESTARTS, Duration.ofMinutes(1)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(MemberUp.class, up -> onMemberUp())
        .onMessage(Started.class, this::onStarted)
        .onMessage(StartFailure.class, this::onStartFailure)
        .onMessage(CheckAgain.class, again -> onCheckAgain())
        .onMessage(Checked.class, this::onChecked)
        .onMessage(Drain.class, this::onDrain)
        .onMessage(Drained.class, this::onDrained)
        .onSignal(Terminated.class, this::onActorLost)
        .build();
  }

  private Behavior<Command> onMemberUp() {
    memberUp = true;
    joinNotice.tell(JoinWarning.Command.JOINED);
    return onCheckAgain();
  }

  private Behavior<Command> onStarted(Started started) {
    startedRole = started.startedRole();
    if (startedRole.endpoint() != null) {
      getContext().watch(startedRole.endpoint());
    }
    return onCheckAgain();
  }

  private Behavior<Command> onStartFailure(StartFailure failure) {
    Optional<String> refusal = StartRefusal.in(failure.cause());
    if (refusal.isPresent()) {
      getContext().getLog().error("[{}] refuses to start: {}", identity.slot(), refusal.get());
      NodeShutdown.begin(getContext().getSystem(), NodeExit.START_REFUSED, refusal.get());
      return this;
    }
    Throwable cause = Failures.rootOf(failure.cause());
    getContext()
        .getLog()
        .error("[{}] cannot start: {}", identity.slot(), Failures.text(cause), cause);
    NodeShutdown.begin(getContext().getSystem(), NodeExit.START_FAILED, Failures.text(cause));
    return this;
  }

  private Behavior<Command> onCheckAgain() {
    StartedRole checked = startedRole;
    if (checked != null && memberUp && !draining) {
      getContext()
          .pipeToSelf(
              readinessProbe.check(checked.check()), (nothing, failure) -> new Checked(failure));
    }
    return this;
  }

  private Behavior<Command> onChecked(Checked checked) {
    if (draining) {
      return this;
    }
    Throwable cause = checked.failure() == null ? null : Failures.rootOf(checked.failure());
    String failure = cause == null ? null : Failures.text(cause);
    tell(failure);
    if (cause instanceof DeadlockException && heartbeatPublisher != null) {
      // The supervisor, who hears no more of it, takes a thread dump and replaces this process.
      heartbeatPublisher.tell(new HeartbeatPublisher.FallSilent(failure));
      return this;
    }
    InstanceState state = failure == null ? InstanceState.READY : InstanceState.UNHEALTHY;
    HeartbeatPublisher.Say say =
        new HeartbeatPublisher.Say(state, failure, cause instanceof DegradedException);
    if (heartbeatPublisher != null) {
      heartbeatPublisher.tell(say);
    } else if (startedRole != null) {
      // Ready or not: who says what it waits for is not taken for one that can't start.
      heartbeatPublisher =
          getContext()
              .spawn(
                  HeartbeatPublisher.create(
                      registration(startedRole),
                      startedRole.descriptor(),
                      startedRole.counters(),
                      say,
                      callReports::get,
                      registry,
                      stalls(startedRole)),
                  "heartbeats",
                  InternalDispatcher.PROPS);
      getContext().watch(heartbeatPublisher);
    }
    timers.startSingleTimer(CheckAgain.INSTANCE, settings.health().checkInterval());
    return this;
  }

  // Its own, so that whatever else blocks cannot make a node that can work look as if it could not.
  private static Executor checkThread() {
    return Executors.newSingleThreadExecutor(
        check -> {
          Thread thread = new Thread(check, "readiness-check");
          thread.setDaemon(true);
          return thread;
        });
  }

  private void tell(@Nullable String failure) {
    if (failure == null && (heartbeatPublisher == null || lastFailure != null)) {
      getContext().getLog().info("[{}] ready", identity.slot());
    } else if (failure != null && !failure.equals(lastFailure)) {
      getContext().getLog().warn("[{}] not ready: {}", identity.slot(), failure);
    }
    lastFailure = failure;
  }

  // Nobody could tell from outside: a node without a router gives no answers, one without a
  // registry
  // believes in what is long gone.
  private Behavior<Command> onActorLost(Terminated lost) {
    if (draining) {
      return this;
    }
    String name = lost.getRef().path().name();
    String failure =
        lost instanceof ChildFailed failed ? ": " + Failures.text(failed.getCause()) : "";
    getContext()
        .getLog()
        .error("[{}] its actor '{}' has stopped{}; ending", identity.slot(), name, failure);
    if (heartbeatPublisher != null) {
      heartbeatPublisher.tell(
          new HeartbeatPublisher.Say(
              InstanceState.UNHEALTHY, "its actor '%s' has stopped".formatted(name)));
    }
    NodeShutdown.begin(getContext().getSystem(), NodeExit.ESSENTIAL_ACTOR_LOST, name + failure);
    return this;
  }

  private Behavior<Command> onDrain(Drain drain) {
    draining = true;
    getContext().stop(joinNotice);
    if (orphanWatch != null) {
      // Who leaves in order soon sees no supervisor, nor anybody else.
      getContext().stop(orphanWatch);
    }
    timers.cancel(CheckAgain.INSTANCE);
    if (heartbeatPublisher == null || startedRole == null) {
      drain.replyTo().tell(Done.getInstance());
      return this;
    }
    getContext().getLog().info("[{}] draining", identity.slot());
    heartbeatPublisher.tell(new HeartbeatPublisher.Say(InstanceState.DRAINING, "leaving"));
    getContext()
        .pipeToSelf(startedRole.drain().get(), (nothing, failure) -> new Drained(drain.replyTo()));
    return this;
  }

  private Behavior<Command> onDrained(Drained drained) {
    getContext().getLog().info("[{}] drained", identity.slot());
    drained.replyTo().tell(Done.getInstance());
    return this;
  }

  // TERM and a cluster that asks us to leave both end in coordinated shutdown; it begins here.
  private void drainBeforeLeaving() {
    ActorSystem<?> system = getContext().getSystem();
    ActorRef<Command> self = getContext().getSelf();
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "drain",
            () ->
                AskPattern.ask(
                    self,
                    Drain::new,
                    NodeConfig.longestDrain(settings, identity.service()),
                    system.scheduler()));
  }

  private void leave() {
    NodeShutdown.begin(
        getContext().getSystem(), NodeExit.ORPHANED, "for " + settings.orphanGrace());
  }

  private CompletionStage<StartedRole> start(NodeRole role, NodeContext node) {
    return CompletableFuture.supplyAsync(
        () -> Failures.unchecked(() -> role.start(node)), blocking);
  }

  private StallDetector stalls(StartedRole offered) {
    MonitoredWork work = offered.work();
    if (work == null) {
      work =
          new MonitoredWork(
              new WorkProgress(), getContext().getSystem().executionContext()::execute);
    }
    // One look a second, and one until the first probe is sent.
    long patience = settings.health().suspectAfter().toSeconds() - 1;
    return new StallDetector(work, Math.toIntExact(Math.max(2, patience)));
  }

  private Registration registration(StartedRole offered) {
    ProcessIdentity process = ProcessIdentity.of(ProcessHandle.current());
    return new Registration(
        identity.service(),
        identity.slot(),
        identity.generation(),
        Cluster.get(getContext().getSystem()).selfMember().address().toString(),
        process.pid(),
        process.startedAt(),
        process.sinceBoot(),
        Instant.now(),
        offered.version(),
        offered.url(),
        offered.endpoint());
  }
}
