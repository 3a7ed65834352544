package dev.troupe.node.start;

import dev.troupe.node.call.RouterActor;
import dev.troupe.node.death.DeathNoticeReceiver;
import dev.troupe.node.dispatcher.InternalDispatcher;
import dev.troupe.node.health.PulseExchange;
import dev.troupe.node.log.TemporaryLogLevels;
import dev.troupe.node.membership.MembershipPace;
import dev.troupe.node.metrics.HistoryReporter;
import dev.troupe.node.metrics.MetricsReporter;
import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.registry.DataReporter;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.node.shutdown.OrphanDetector;
import dev.troupe.node.trace.SpanReporter;
import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.PulseMessage;
import dev.troupe.protocol.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * The actors that every node has, whatever its role.
 *
 * @param view always holds the newest view of the registry
 * @param pulses the exchange of this node
 * @param callReports always holds the router's newest reports, by service
 * @param metrics what the node measures
 * @param orphanDetector null if the node lives on without a supervisor
 */
record NodeActors(
    ActorRef<RegistryActor.Command> registry,
    AtomicReference<RegistryView> view,
    ActorRef<PulseMessage> pulses,
    ActorRef<RouterActor.Command> router,
    AtomicReference<Map<String, CallReport>> callReports,
    NodeMetrics metrics,
    ActorRef<JoinTimeout.Command> joinTimeout,
    @Nullable ActorRef<OrphanDetector.Command> orphanDetector) {
  private static final int RESTARTS_PER_MINUTE = 10;

  /**
   * Spawns the actors as children of the guardian. An actor without state is restarted. When an
   * actor with state stops, the node ends and is launched again, because other nodes rely on that
   * state.
   *
   * @param leave ends the node in order when it has been without a supervisor for too long
   */
  static NodeActors spawn(
      ActorContext<?> guardian, NodeIdentity identity, Settings settings, Runnable leave) {
    AtomicReference<RegistryView> view = new AtomicReference<>(RegistryView.EMPTY);
    ActorRef<RegistryActor.Command> registry =
        essential(
            guardian, RegistryActor.create(settings.health().suspectAfter(), view), "registry");
    essential(
        guardian, restarted(DeathNoticeReceiver.create(registry)), DeathNoticeReceiver.name());
    ActorRef<PulseMessage> pulses =
        essential(
            guardian,
            restarted(PulseExchange.create(registry, view::get, settings.health().suspectAfter())),
            PulseExchange.name());
    // Not essential: the levels of the settings hold without it.
    guardian.spawn(
        restarted(TemporaryLogLevels.create(identity.slot())),
        TemporaryLogLevels.name(),
        InternalDispatcher.PROPS);
    // Not essential: nobody but the page that shows the answers needs it.
    guardian.spawn(
        restarted(DataReporter.create(identity.slot(), registry)),
        DataReporter.name(),
        InternalDispatcher.PROPS);
    startTracer(guardian, identity, settings, view);
    essential(guardian, restarted(MembershipPace.create()), "membership-pace");
    AtomicReference<Map<String, CallReport>> callReports = new AtomicReference<>(Map.of());
    NodeMetrics metrics = NodeMetrics.of(settings.metrics().enabled());
    if (metrics.isEnabled()) {
      guardian.spawn(
          restarted(MetricsReporter.create(identity.slot(), metrics)),
          MetricsReporter.name(),
          DispatcherSelector.blocking());
    }
    if (settings.metrics().hasHistory()) {
      guardian.spawn(
          restarted(HistoryReporter.create(identity.slot(), metrics)),
          HistoryReporter.name(),
          DispatcherSelector.blocking());
    }
    ActorRef<RouterActor.Command> router =
        essential(guardian, RouterActor.create(settings, registry, callReports, metrics), "router");
    boolean isSeed = identity.service().equals(NodeNames.SEED);
    Duration orphanGrace = settings.orphanGrace();
    ActorRef<OrphanDetector.Command> orphanDetector =
        isSeed || orphanGrace == null
            ? null
            : essential(
                guardian, restarted(OrphanDetector.create(orphanGrace, leave, registry)), "orphan");
    Duration startTimeout = settings.startTimeout();
    ActorRef<JoinTimeout.Command> joinTimeout =
        guardian.spawn(
            JoinTimeout.create(
                identity.slot(),
                isSeed ? null : startTimeout,
                () ->
                    NodeShutdown.begin(
                        guardian.getSystem(),
                        NodeExit.START_FAILED,
                        "no cluster has let it in for %d s (troupe.start-timeout)"
                            .formatted(startTimeout.toSeconds()))),
            "join-timeout");
    return new NodeActors(
        registry, view, pulses, router, callReports, metrics, joinTimeout, orphanDetector);
  }

  private static void startTracer(
      ActorContext<?> guardian,
      NodeIdentity identity,
      Settings settings,
      AtomicReference<RegistryView> view) {
    if (settings.traces().enabled()) {
      // Not essential: a node without traces does all other work.
      ActorRef<Object> reporter =
          guardian.spawn(
              restarted(SpanReporter.create(identity.slot(), identity.generation(), view::get)),
              SpanReporter.name(),
              InternalDispatcher.PROPS);
      Tracer.of(guardian.getSystem()).start(settings.traces(), reporter::tell);
    }
  }

  /** Spawns an actor whose end ends the node. */
  static <T> ActorRef<T> essential(ActorContext<?> guardian, Behavior<T> behavior, String name) {
    ActorRef<T> actor = guardian.spawn(behavior, name, InternalDispatcher.PROPS);
    guardian.watch(actor);
    return actor;
  }

  /** Stops the actors that would warn of members that a node which leaves no longer sees. */
  void stopDetectors(ActorContext<?> guardian) {
    guardian.stop(joinTimeout);
    if (orphanDetector != null) {
      guardian.stop(orphanDetector);
    }
  }

  private static <T> Behavior<T> restarted(Behavior<T> behavior) {
    return Behaviors.supervise(behavior)
        .onFailure(
            SupervisorStrategy.restart().withLimit(RESTARTS_PER_MINUTE, Duration.ofMinutes(1)));
  }
}
