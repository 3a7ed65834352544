package dev.troupe.seed;

import dev.troupe.node.health.CallCounters;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.start.NodeContext;
import dev.troupe.node.start.NodeMain;
import dev.troupe.node.start.NodeRole;
import dev.troupe.node.start.StartedRole;
import dev.troupe.protocol.TroupeVersion;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.StopResult;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.SeedExit;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsSnapshot;
import dev.troupe.seed.adoption.AdoptionPlan;
import dev.troupe.seed.adoption.HomeLock;
import dev.troupe.seed.adoption.RunningProcessScan;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.adoption.StateFile;
import dev.troupe.seed.adoption.StateWriter;
import dev.troupe.seed.control.ControlServer;
import dev.troupe.seed.events.EventFile;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.events.PreviousSeed;
import dev.troupe.seed.events.SeedEvents;
import dev.troupe.seed.events.SuspensionReporter;
import dev.troupe.seed.process.OsProcessLauncher;
import dev.troupe.seed.process.RunningProcess;
import dev.troupe.seed.slot.ClusterControl;
import dev.troupe.seed.slot.LaunchPermits;
import dev.troupe.seed.slot.ReasonText;
import dev.troupe.seed.slot.SlotEnvironment;
import dev.troupe.seed.slot.Ticker;
import dev.troupe.seed.supervisor.PekkoClusterControl;
import dev.troupe.seed.supervisor.RecoveredState;
import dev.troupe.seed.supervisor.SlotSpecs;
import dev.troupe.seed.supervisor.SupervisorActor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/** Makes a node the seed: takes over what an earlier one left, supervises, answers the launcher. */
final class SeedRole implements NodeRole {
  private static final Duration BOUND_OUTPUT_AGAIN = Duration.ofSeconds(1);

  @Override
  public StartedRole start(NodeContext node) throws Exception {
    Settings settings = node.settings();
    ActorSystem<?> system = node.system();
    HomeLock.take(settings.run());
    StateFile stateFile = new StateFile(settings.run());
    HomeSecret secret = secret(settings);
    OsProcessLauncher launcher =
        new OsProcessLauncher(
            settings,
            deployment(settings),
            () -> members(node),
            secret,
            System.getenv(),
            node.blocking());
    ActorRef<EventJournal.Command> journal =
        system.systemActorOf(
            EventJournal.create(new EventFile(settings.run(), settings.events())),
            "event-journal",
            EventJournal.props());
    ClusterControl cluster = new PekkoClusterControl(system, journal, Clock.systemUTC());
    SavedState saved = stateFile.read();
    SlotSpecs specs = new SlotSpecs(settings, saved.scaled());
    SlotEnvironment environment =
        new SlotEnvironment(
            launcher, permits(settings), cluster, Ticker.system(), Clock.systemUTC());

    Optional<SeedExit> previous = SeedExit.take(settings.run());
    SlotStatus self = selfStatus(node, previous.orElse(null));
    previous.ifPresent(end -> journal.tell(SeedEvents.exited(self, end)));
    journal.tell(SeedEvents.launched(self));
    RecoveredState recovered = recover(saved, settings, specs, launcher, secret);
    reportDead(saved, recovered, journal);
    joinOrForm(recovered, cluster, system);

    ActorRef<SavedState> stateWriter =
        system.systemActorOf(
            StateWriter.create(stateFile), "state-writer", DispatcherSelector.blocking());
    ActorRef<SupervisorActor.Command> supervisor =
        system.systemActorOf(
            SupervisorActor.create(
                self, specs, environment, recovered, node.registry(), stateWriter, journal),
            "supervisor",
            Props.empty());
    // What it fails at is one event: it begins anew and may report a suspension twice.
    system.systemActorOf(
        Behaviors.supervise(SuspensionReporter.create(node.registry(), journal))
            .onFailure(SupervisorStrategy.restart()),
        "suspension-reporter",
        Props.empty());
    system.systemActorOf(
        EssentialActors.create(List.of(journal, stateWriter, supervisor)),
        "essential-actors",
        Props.empty());
    ControlServer.start(system, supervisor, settings.seed().controlPort(), settings.run());
    journal.tell(SeedEvents.ready(self, Instant.now()));
    boundOutputFromTimeToTime(launcher, system);
    return new StartedRole(
        TroupeVersion.CURRENT,
        null,
        null,
        null,
        new CallCounters(),
        () -> {},
        () ->
            isOrdered(CoordinatedShutdown.get(system))
                ? stopAll(supervisor, settings, stateFile, system)
                    .thenCompose(stopped -> launcher.leftoversEnded())
                    .thenRun(() -> journal.tell(SeedEvents.stopped(self, Instant.now())))
                : CompletableFuture.completedStage(null));
  }

  // A seed node that ends because something in it failed takes nobody with it: the next one adopts
  // what runs.
  private static boolean isOrdered(CoordinatedShutdown shutdown) {
    CoordinatedShutdown.Reason reason = shutdown.getShutdownReason().orElse(null);
    return reason instanceof ControlServer.StopOrdered
        || CoordinatedShutdown.jvmExitReason().equals(reason);
  }

  // The launcher's holds even when somebody has deleted its file.
  private static HomeSecret secret(Settings settings) throws IOException {
    Optional<HomeSecret> given = HomeSecret.in(System.getenv());
    return given.isPresent() ? given.get() : HomeSecret.obtain(settings.run());
  }

  private static CurrentDeployment deployment(Settings settings) {
    return new CurrentDeployment(
        Deployment.byHand(settings.home()), SettingsSnapshot.find(settings.home()));
  }

  // Nobody is served without a gateway: it is no service and so comes before the first of them.
  private static LaunchPermits permits(Settings settings) {
    List<String> order = settings.services().stream().map(ServiceSettings::name).toList();
    return new LaunchPermits(settings.startConcurrency(), order::indexOf);
  }

  private static RecoveredState recover(
      SavedState saved,
      Settings settings,
      SlotSpecs specs,
      OsProcessLauncher launcher,
      HomeSecret secret) {
    AdoptionPlan.Decision decision =
        AdoptionPlan.decide(
            saved,
            RunningProcessScan.find(
                saved, settings.home(), settings.cluster().endpoint().hostInAddress(), secret),
            specs::knows);
    AdoptionPlan.end(decision.end());
    Map<String, RunningProcess> processes = new HashMap<>();
    decision
        .adopt()
        .forEach(
            (slot, survivor) ->
                processes.put(slot, launcher.adopt(slot, survivor.process(), survivor.address())));
    Set<String> dead = new HashSet<>(decision.dead());
    decision.end().forEach(survivor -> dead.add(survivor.address()));
    return new RecoveredState(processes, decision.generations(), dead, saved.ended());
  }

  private static void reportDead(
      SavedState saved, RecoveredState recovered, ActorRef<EventJournal.Command> journal) {
    Instant now = Instant.now();
    saved.slots().stream()
        .filter(slot -> recovered.knownDead().contains(slot.address()))
        .forEach(slot -> journal.tell(new EventJournal.FoundDead(slot, now)));
  }

  // A seed node that only knows itself would form a second cluster beside the living one.
  private static void joinOrForm(
      RecoveredState recovered, ClusterControl cluster, ActorSystem<?> system) {
    if (recovered.processes().isEmpty()) {
      cluster.formCluster();
      return;
    }
    recovered.knownDead().forEach(address -> cluster.confirmDead(address, DeathCause.UNKNOWN));
    NodeMain.join(
        system, recovered.processes().values().stream().map(RunningProcess::address).toList());
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
        previous == null ? null : previous.exitCode(),
        previous == null
            ? null
            : ReasonText.ofPrevious(previous.pid(), PreviousSeed.reason(previous)),
        List.of());
  }

  private static CompletionStage<Void> stopAll(
      ActorRef<SupervisorActor.Command> supervisor,
      Settings settings,
      StateFile stateFile,
      ActorSystem<?> system) {
    CompletionStage<StopResult> stopped =
        AskPattern.ask(
            supervisor,
            SupervisorActor.StopAll::new,
            NodeMain.longestStopOfAll(settings),
            system.scheduler());
    return stopped.thenAccept(result -> forget(settings, stateFile));
  }

  private static void forget(Settings settings, StateFile stateFile) {
    try {
      stateFile.delete();
      Files.deleteIfExists(settings.run().resolve(ControlFile.NAME));
      SettingsSnapshot.delete(settings.home());
      Deployment.delete(settings.home());
    } catch (IOException harmless) {
      // The next start finds that the processes named there are gone.
    }
  }

  private static void boundOutputFromTimeToTime(OsProcessLauncher launcher, ActorSystem<?> system) {
    boundOutputAfter(BOUND_OUTPUT_AGAIN, launcher, system);
  }

  private static void boundOutputAfter(
      Duration delay, OsProcessLauncher launcher, ActorSystem<?> system) {
    system
        .scheduler()
        .scheduleOnce(
            delay,
            () -> {
              Duration next = BOUND_OUTPUT_AGAIN;
              try {
                next = launcher.boundOutput();
              } catch (IOException e) {
                system.log().warn("the output of the slots could not be bounded: {}", e.toString());
              }
              if (!system.whenTerminated().isCompleted()) {
                boundOutputAfter(next, launcher, system);
              }
            },
            system.dispatchers().lookup(DispatcherSelector.blocking()));
  }
}
