package dev.troupe.seed.supervisor;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.StopResult;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.seed.ManualClock;
import dev.troupe.seed.RegistryViews;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.process.FakeProcess;
import dev.troupe.seed.process.FakeProcessLauncher;
import dev.troupe.seed.process.RunningProcess;
import dev.troupe.seed.process.SlotVersions;
import dev.troupe.seed.slot.LaunchPermits;
import dev.troupe.seed.slot.SlotEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A supervisor with real slots over a fake operating system and a cluster told by the test. */
final class SupervisorFixture {
  /** OrderService needs UserService; there is one gateway. */
  static final String SETTINGS =
      """
      troupe.services {
        UserService { class = "a.User" }
        OrderService { class = "a.Order", depends-on = [UserService] }
      }
      """;

  private final ActorTestKit kit;
  private final Settings settings;
  private final FakeProcessLauncher launcher = new FakeProcessLauncher();
  private final Map<String, FakeProcessLauncher.Launch> launches = new HashMap<>();
  private final Map<String, InstanceView> instances = new LinkedHashMap<>();
  private final TestProbe<RegistryActor.Command> registry;
  private final TestProbe<SavedState> stateWriter;
  private final TestProbe<EventJournal.Command> journal;
  final Map<String, String> current = new ConcurrentHashMap<>();
  final SlotVersions versions =
      new SlotVersions(
          (service, version) -> {
            current.put(service, version);
            return CompletableFuture.completedStage(null);
          });
  final ManualClock clock = new ManualClock();
  final FakeClusterControl cluster = new FakeClusterControl();
  private @Nullable ActorRef<SupervisorActor.Command> supervisor;
  private @Nullable ActorRef<RegistryView> views;

  SupervisorFixture(ActorTestKit kit, Path home, String settings) {
    this.kit = kit;
    this.registry = kit.createTestProbe(RegistryActor.Command.class);
    this.stateWriter = kit.createTestProbe(SavedState.class);
    this.journal = kit.createTestProbe(EventJournal.Command.class);
    try {
      Files.writeString(home.resolve(SettingsLoader.FILE), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.settings = SettingsLoader.load(home, Map.of());
  }

  SupervisorFixture start() {
    return start(RecoveredState.NOTHING);
  }

  SupervisorFixture start(RecoveredState recovered) {
    SlotEnvironment environment =
        new SlotEnvironment(
            launcher,
            new LaunchPermits(64, service -> 0),
            cluster,
            versions,
            clock.ticker(),
            clock);
    SlotStatus seed =
        new SlotStatus(
            "seed-1",
            "seed",
            SlotState.RUNNING,
            1,
            1L,
            RegistryViews.SELF,
            RegistryViews.STARTED_AT,
            0L,
            0,
            3,
            null,
            null,
            List.of());
    supervisor =
        kit.spawn(
            SupervisorActor.create(
                seed,
                new SlotSpecs(settings, Map.of()),
                environment,
                recovered,
                registry.ref(),
                stateWriter.ref(),
                journal.ref()));
    views = registry.expectMessageClass(RegistryActor.Watch.class).subscriber();
    return this;
  }

  void close() {
    if (supervisor != null) {
      kit.stop(supervisor);
    }
  }

  void tell(SupervisorActor.Command command) {
    assert supervisor != null;
    supervisor.tell(command);
  }

  /** The launch of {@code slot}, which has been or will soon be asked for. */
  FakeProcessLauncher.Launch launch(String slot) {
    while (!launches.containsKey(slot)) {
      FakeProcessLauncher.Launch next = launcher.next();
      launches.put(next.slot(), next);
    }
    FakeProcessLauncher.Launch launch = launches.get(slot);
    launches.remove(slot);
    return launch;
  }

  /** Whether no launch was asked for that {@link #launch} has not told. */
  boolean isIdle() {
    return launches.isEmpty() && launcher.isIdle();
  }

  /** The launch of {@code slot} succeeds and its process gets ready. */
  FakeProcess run(String slot) {
    FakeProcessLauncher.Launch launch = launch(slot);
    FakeProcess process = launch.succeeds();
    cluster.lives(process.pid());
    becomesReady(slot, launch.generation(), process);
    return process;
  }

  void becomesReady(String slot, int generation, RunningProcess process) {
    String url = slot.startsWith("gateway") ? "http://127.0.0.1:5000" : null;
    instances.put(
        slot, RegistryViews.instance(slot, generation, process.pid(), process.address(), url));
    showCluster();
    awaitState(slot, SlotState.RUNNING);
  }

  /** Tells the supervisor of this node, what got ready, and {@code others}. */
  void showCluster(MemberView... others) {
    List<MemberView> members = new ArrayList<>(List.of(others));
    members.add(RegistryViews.self());
    instances.values().forEach(instance -> members.add(instance.member()));
    show(RegistryViews.of(members, List.copyOf(instances.values())));
  }

  void show(RegistryView view) {
    assert views != null;
    views.tell(view);
  }

  void ends(String slot, FakeProcess process, int code) {
    instances.remove(slot);
    process.ends(code);
  }

  /** How long a process may take to end after TERM. */
  Duration drainAndGrace() {
    return settings.stop().drainTimeout().plus(settings.stop().grace());
  }

  /** For decisions, and for timers if the kit has manual time. */
  void passes(Duration time) {
    clock.passes(time);
    ManualTime.get(kit.system()).timePasses(time);
  }

  ClusterStatus status() {
    TestProbe<ClusterStatus> probe = kit.createTestProbe(ClusterStatus.class);
    tell(new SupervisorActor.GetStatus(probe.ref()));
    ClusterStatus status = probe.receiveMessage();
    probe.stop();
    return status;
  }

  SlotStatus status(String slot) {
    return status().slots().stream().collect(toMap(SlotStatus::slot, identity())).get(slot);
  }

  void awaitState(String slot, SlotState state) {
    await().atMost(Duration.ofSeconds(20)).until(() -> status(slot).state() == state);
  }

  SavedState lastSaved() {
    return stateWriter.receiveMessage();
  }

  SlotStatus lastJournaled() {
    return journal.expectMessageClass(EventJournal.SlotChanged.class).snapshot().status();
  }

  TestProbe<StopResult> stopAll() {
    TestProbe<StopResult> stopped = kit.createTestProbe(StopResult.class);
    tell(new SupervisorActor.StopAll(stopped.ref()));
    return stopped;
  }

  OperatorCommands.Reply restart(String target) {
    return execute(new OperatorCommands.Restart(target));
  }

  OperatorCommands.Reply restartRolling(String service) {
    return execute(new OperatorCommands.RestartRolling(service));
  }

  OperatorCommands.Reply scale(String service, int instances) {
    return execute(new OperatorCommands.Scale(service, instances));
  }

  OperatorCommands.Reply execute(OperatorCommands.Command command) {
    TestProbe<OperatorCommands.Reply> reply = kit.createTestProbe(OperatorCommands.Reply.class);
    tell(new SupervisorActor.Execute(command, reply.ref()));
    return reply.receiveMessage();
  }
}
