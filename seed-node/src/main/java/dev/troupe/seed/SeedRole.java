package dev.troupe.seed;

import dev.troupe.node.health.CallCounters;
import dev.troupe.node.registry.ConfiguredServicesWriter;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeRole;
import dev.troupe.node.start.StartedRole;
import dev.troupe.node.trace.SpanReporter;
import dev.troupe.protocol.TroupeVersion;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.SeedExit;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsSnapshot;
import dev.troupe.protocol.settings.TraceSettings;
import dev.troupe.seed.adoption.HomeLock;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.adoption.StateFile;
import dev.troupe.seed.adoption.StateWriter;
import dev.troupe.seed.alerts.AlertsActor;
import dev.troupe.seed.control.ManagementServer;
import dev.troupe.seed.control.ManagementSources;
import dev.troupe.seed.control.ReachabilityObservers;
import dev.troupe.seed.events.EventFile;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.events.SeedEvents;
import dev.troupe.seed.events.SuspendedActions;
import dev.troupe.seed.export.OtlpExportActor;
import dev.troupe.seed.history.HistoryActor;
import dev.troupe.seed.process.OsProcessLauncher;
import dev.troupe.seed.process.SlotVersions;
import dev.troupe.seed.slot.ClusterControl;
import dev.troupe.seed.slot.LaunchPermits;
import dev.troupe.seed.slot.ReasonText;
import dev.troupe.seed.slot.SlotEnvironment;
import dev.troupe.seed.slot.Ticker;
import dev.troupe.seed.supervisor.PekkoClusterControl;
import dev.troupe.seed.supervisor.RecoveredState;
import dev.troupe.seed.supervisor.SlotSpecs;
import dev.troupe.seed.supervisor.SupervisorActor;
import dev.troupe.seed.traces.TracesActor;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Makes a node the seed node: starts what takes over the processes of an earlier seed node,
 * supervises all processes, and answers operators.
 */
final class SeedRole implements NodeRole {
  @Override
  public StartedRole start(NodeContext node) throws Exception {
    Settings settings = node.settings();
    ActorSystem<?> system = node.system();
    HomeLock.take(settings.run());
    StateFile stateFile = new StateFile(settings.run());
    HomeSecret secret = secret(settings);
    SlotVersions versions = SlotVersions.of(settings.home(), node.blocking());
    OsProcessLauncher launcher =
        new OsProcessLauncher(
            settings,
            deployment(settings),
            versions,
            () -> members(node),
            secret,
            System.getenv(),
            node.blocking());
    ActorRef<EventJournal.Command> journal =
        system.systemActorOf(
            EventJournal.create(new EventFile(settings.run(), settings.events())),
            "event-journal",
            EventJournal.props());
    ActorRef<Object> traces =
        system.systemActorOf(
            TracesActor.create(
                settings.traces(), node.view(), journal, export(settings.traces(), system)),
            SpanReporter.collectorName(),
            Props.empty());
    ClusterControl cluster = new PekkoClusterControl(system);
    SavedState saved = stateFile.read();
    SlotSpecs specs = new SlotSpecs(settings, saved.scaled());
    SlotEnvironment environment =
        new SlotEnvironment(
            launcher, permits(settings), cluster, versions, Ticker.system(), Clock.systemUTC());

    Optional<SeedExit> previous = SeedExit.take(settings.run());
    SlotStatus self = selfStatus(node, previous.orElse(null));
    previous.ifPresent(end -> journal.tell(SeedEvents.exited(self, end)));
    journal.tell(SeedEvents.launched(self));
    RecoveredState recovered =
        new SeedRecovery(saved, cluster, journal).run(settings, specs, launcher, secret, system);

    ActorRef<SavedState> stateWriter =
        system.systemActorOf(
            StateWriter.create(stateFile), "state-writer", DispatcherSelector.blocking());
    ActorRef<SupervisorActor.Command> supervisor =
        system.systemActorOf(
            SupervisorActor.create(
                self, specs, environment, recovered, node.registry(), stateWriter, journal),
            "supervisor",
            Props.empty());
    system.systemActorOf(
        ConfiguredServicesWriter.create(configured(settings), node.registry()),
        "configured-services",
        Props.empty());
    system.systemActorOf(
        SuspendedActions.create(node.registry(), journal), "suspended-actions", Props.empty());
    system.systemActorOf(
        EssentialActorWatcher.create(List.of(journal, stateWriter, supervisor)),
        "essential-actors",
        Props.empty());
    ActorRef<AlertsActor.Command> alerts =
        system.systemActorOf(
            AlertsActor.create(supervisor, journal, node.view(), settings, node.blocking()),
            "alerts",
            Props.empty());
    ManagementServer.start(
        new ManagementSources(
            system,
            supervisor,
            journal,
            alerts,
            traces.narrow(),
            history(node),
            node.view(),
            new ReachabilityObservers(system)::byUnreachable,
            settings,
            secret,
            node.blocking()));
    journal.tell(SeedEvents.ready(self, Instant.now()));
    launcher.outputLimit().start(system);
    SeedShutdown shutdown = new SeedShutdown(system, supervisor, launcher, stateFile, settings);
    return new StartedRole(
        TroupeVersion.CURRENT,
        null,
        null,
        null,
        new CallCounters(),
        () -> {},
        () -> shutdown.run(() -> journal.tell(SeedEvents.stopped(self, Instant.now()))));
  }

  private static @Nullable ActorRef<HistoryActor.Command> history(NodeContext node) {
    Settings settings = node.settings();
    return settings.metrics().hasHistory()
        ? node.system()
            .systemActorOf(
                HistoryActor.create(node.view(), settings.run(), settings.metrics().historySlots()),
                "metrics-history",
                DispatcherSelector.blocking())
        : null;
  }

  // The classes of the exporter are loaded only if it is wanted.
  private static @Nullable Consumer<TraceReport> export(
      TraceSettings traces, ActorSystem<?> system) {
    URI receiver = traces.otlpEndpoint();
    if (receiver == null) {
      return null;
    }
    ActorRef<OtlpExportActor.Command> export =
        system.systemActorOf(
            OtlpExportActor.create(receiver), "otlp-export", DispatcherSelector.blocking());
    return trace -> export.tell(new OtlpExportActor.Export(trace));
  }

  // The launcher passes the secret on, which holds even when somebody has deleted the file.
  private static HomeSecret secret(Settings settings) throws IOException {
    Optional<HomeSecret> given = HomeSecret.in(System.getenv());
    return given.isPresent() ? given.get() : HomeSecret.obtain(settings.run());
  }

  private static CurrentDeployment deployment(Settings settings) {
    return new CurrentDeployment(
        Deployment.byHand(settings.home()), SettingsSnapshot.find(settings.home()));
  }

  // Gateways start first, since nobody is served without one: a name that is no service is at -1.
  private static LaunchPermits permits(Settings settings) {
    List<String> order = settings.services().stream().map(ServiceSettings::name).toList();
    return new LaunchPermits(settings.startConcurrency(), order::indexOf);
  }

  private static Map<String, Integer> configured(Settings settings) {
    return settings.services().stream()
        .collect(Collectors.toMap(ServiceSettings::name, ServiceSettings::instances));
  }

  private static List<String> members(NodeContext node) {
    String self = Cluster.get(node.system()).selfMember().address().toString();
    Stream<String> others =
        node.view().get().members().stream()
            .filter(member -> member.isUp() && member.reachable() && !member.self())
            .map(MemberView::address);
    return Stream.concat(Stream.of(self), others).toList();
  }

  private static SlotStatus selfStatus(NodeContext node, @Nullable SeedExit previous) {
    ProcessHandle self = ProcessHandle.current();
    Instant startedAt = ProcessIdentity.of(self).startedAt();
    return new SlotStatus(
        node.identity().slot(),
        node.identity().service(),
        SlotState.RUNNING,
        node.identity().generation(),
        self.pid(),
        Cluster.get(node.system()).selfMember().address().toString(),
        startedAt,
        Duration.between(startedAt, Instant.now()).toMillis(),
        previous == null ? 0 : previous.relaunches(),
        node.settings()
            .restart(node.identity().service())
            .left(previous == null ? 0 : previous.relaunches()),
        previous == null ? null : previous.exitCode(),
        previous == null
            ? null
            : ReasonText.ofPrevious(previous.pid(), SeedEvents.reason(previous)),
        List.of());
  }
}
