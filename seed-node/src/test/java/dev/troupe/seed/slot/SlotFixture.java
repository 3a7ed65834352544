package dev.troupe.seed.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.settings.HealthSettings;
import dev.troupe.protocol.settings.RestartSettings;
import dev.troupe.protocol.settings.RestartSettings.Policy;
import dev.troupe.protocol.settings.StopSettings;
import dev.troupe.seed.ManualClock;
import dev.troupe.seed.process.FakeProcess;
import dev.troupe.seed.process.FakeProcessLauncher;
import dev.troupe.seed.process.RunningProcess;
import dev.troupe.seed.process.SlotVersions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** One slot with a fake operating system, a fake cluster and time that passes by order. */
final class SlotFixture {
  static final Duration START_TIMEOUT = Duration.ofSeconds(20);
  static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(3);
  static final Duration GRACE = Duration.ofSeconds(2);
  static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(10);
  static final Duration READY_RESET = Duration.ofSeconds(30);
  static final Duration WINDOW = Duration.ofSeconds(60);
  static final int MAX_RESTARTS = 3;

  private final ActorTestKit kit;
  private final TestProbe<SlotSnapshot> watcher;
  private final FakeProcessLauncher launcher = new FakeProcessLauncher();
  private final List<String> confirmedDead = new CopyOnWriteArrayList<>();
  private final ManualClock clock = new ManualClock();
  private final SlotEnvironment environment;
  private @Nullable ActorRef<SlotActor.Command> actor;
  private @Nullable SlotState last;

  /** The kit must have {@link ManualTime}. */
  SlotFixture(ActorTestKit kit) {
    this.kit = kit;
    this.watcher = kit.createTestProbe(SlotSnapshot.class);
    this.environment =
        new SlotEnvironment(
            launcher,
            new LaunchPermits(1, service -> 0),
            new FakeControl(confirmedDead),
            new SlotVersions((service, version) -> CompletableFuture.completedStage(null)),
            clock.ticker(),
            clock);
  }

  static RestartSettings restart(Policy policy) {
    return new RestartSettings(
        policy,
        MAX_RESTARTS,
        WINDOW,
        READY_RESET,
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        0);
  }

  /** A slot that waits for its start. */
  SlotFixture create() {
    return create(Policy.ALWAYS, 0);
  }

  SlotFixture create(Policy policy, int lastGeneration) {
    actor = kit.spawn(SlotActor.create(spec(policy), lastGeneration, environment, watcher.ref()));
    return this;
  }

  SlotFixture adopt(int generation, RunningProcess process) {
    actor =
        kit.spawn(
            SlotActor.adopt(spec(Policy.ALWAYS), generation, process, environment, watcher.ref()));
    return this;
  }

  static SlotSpec spec(Policy policy) {
    return new SlotSpec(
        "UserService-1",
        "UserService",
        restart(policy),
        new HealthSettings(Duration.ofSeconds(1), HEARTBEAT_TIMEOUT, Duration.ofSeconds(3)),
        new StopSettings(DRAIN_TIMEOUT, GRACE),
        START_TIMEOUT);
  }

  void close() {
    if (actor != null) {
      kit.stop(actor);
    }
  }

  void tell(SlotActor.Command command) {
    assertThat(actor).isNotNull();
    actor.tell(command);
  }

  /** The next status, which must be of this state; how far a stop has come does not matter. */
  SlotStatus expect(SlotState state) {
    SlotStatus status = watcher.receiveMessage().status();
    while (last == SlotState.STOPPING
        && status.state() == SlotState.STOPPING
        && state != SlotState.STOPPING) {
      status = watcher.receiveMessage().status();
    }
    last = status.state();
    assertThat(status.state()).as(status.toString()).isEqualTo(state);
    return status;
  }

  /** The status of this state; those before it do not matter. */
  SlotStatus await(SlotState state) {
    while (true) {
      SlotStatus status = watcher.receiveMessage().status();
      if (status.state() == state) {
        return status;
      }
    }
  }

  void expectNothing() {
    watcher.expectNoMessage(Duration.ofMillis(50));
    assertThat(launcher.isIdle()).isTrue();
  }

  void passes(Duration time) {
    clock.passes(time);
    ManualTime.get(kit.system()).timePasses(time);
  }

  /** The launch that is asked for now. */
  FakeProcessLauncher.Launch nextLaunch() {
    // Waits for its turn, then for the operating system.
    expect(SlotState.LAUNCHING);
    expect(SlotState.LAUNCHING);
    return launcher.next();
  }

  /** The launch that is asked for now succeeds. */
  FakeProcess launched() {
    FakeProcess process = nextLaunch().succeeds();
    expect(SlotState.LAUNCHING);
    return process;
  }

  /** As {@link #launched}, and the process becomes ready. */
  FakeProcess running(int generation) {
    FakeProcess process = launched();
    isReady(generation);
    expect(SlotState.RUNNING);
    return process;
  }

  /** Started for the first time, and ready. */
  FakeProcess started() {
    create();
    expect(SlotState.PENDING);
    tell(LifecycleEvent.Order.START);
    return running(1);
  }

  void isMember() {
    tell(new LifecycleEvent.Observed(new InstanceObservation(true, Optional.empty())));
  }

  void isReady(int generation) {
    observed(generation, InstanceState.READY, null, Duration.ZERO);
  }

  void observed(int generation, InstanceState state, @Nullable String reason, Duration silence) {
    tell(
        new LifecycleEvent.Observed(
            new InstanceObservation(
                true,
                Optional.of(
                    new InstanceObservation.Instance(generation, state, reason, silence)))));
  }

  List<String> confirmedDead() {
    return confirmedDead;
  }

  private record FakeControl(List<String> dead) implements ClusterControl {
    @Override
    public void confirmDead(String address, DeathCause cause) {
      dead.add(address);
    }

    @Override
    public void formCluster() {}

    @Override
    public boolean isAlive(ProcessIdentity process) {
      return true;
    }
  }
}
