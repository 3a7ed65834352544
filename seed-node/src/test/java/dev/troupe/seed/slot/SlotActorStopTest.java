package dev.troupe.seed.slot;

import static dev.troupe.seed.process.FakeProcess.Order.DUMP;
import static dev.troupe.seed.process.FakeProcess.Order.KILL;
import static dev.troupe.seed.process.FakeProcess.Order.TERMINATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.settings.RestartSettings.Policy;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.process.FakeProcess;
import dev.troupe.seed.process.FakeProcessLauncher;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SlotActorStopTest {
  private static final ActorTestKit KIT = TestKits.manualTime();

  private final SlotFixture slot = new SlotFixture(KIT);

  @AfterEach
  void stop() {
    slot.close();
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aRunningProcessIsAskedToEndAndTheSlotIsStoppedOnlyWhenItHas() {
    FakeProcess process = slot.started();

    slot.tell(SlotActor.Stop.INSTANCE);

    assertThat(slot.expect(SlotState.STOPPING).pid()).isEqualTo(process.pid());
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    slot.expectNothing();

    process.ends(143);
    SlotStatus stopped = slot.expect(SlotState.STOPPED);
    assertThat(stopped.pid()).isNull();
    assertThat(stopped.exitCode()).isEqualTo(143);
    assertThat(stopped.reason()).isEqualTo("stopped by order");
    assertThat(slot.provenDead()).containsExactly(process.address());
  }

  @Test
  void aProcessThatDoesNotEndWithinDrainAndGraceIsKilled() {
    FakeProcess process = slot.started();
    slot.tell(SlotActor.Stop.INSTANCE);
    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);

    slot.passes(SlotFixture.DRAIN_TIMEOUT.plus(SlotFixture.GRACE).minusMillis(1));
    slot.expectNothing();
    assertThat(process.moreOrders()).isEmpty();

    slot.passes(Duration.ofMillis(1));
    assertThat(process.nextOrder()).isEqualTo(KILL);
    slot.expectNothing();

    process.ends(137);
    assertThat(slot.expect(SlotState.STOPPED).exitCode()).isEqualTo(137);
  }

  @Test
  void aStopDuringTheLaunchEndsTheProcessAsSoonAsThereIsOne() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(SlotActor.Start.INSTANCE);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();
    slot.tell(SlotActor.Stop.INSTANCE);
    slot.expectNothing();

    FakeProcess process = launch.succeeds();

    slot.await(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    process.ends(143);
    slot.expect(SlotState.STOPPED);
    slot.expectNothing();
  }

  @Test
  void aStopDuringALaunchTheSystemRefusesIsTheEndOfIt() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(SlotActor.Start.INSTANCE);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();
    slot.tell(SlotActor.Stop.INSTANCE);

    launch.isRefused("no memory");

    assertThat(slot.expect(SlotState.STOPPED).reason())
        .isEqualTo("could not be launched: no memory");
    slot.expectNothing();
  }

  @Test
  void aStartTakesBackAStopDuringTheLaunch() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(SlotActor.Start.INSTANCE);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();
    slot.tell(SlotActor.Stop.INSTANCE);
    slot.tell(SlotActor.Start.INSTANCE);

    FakeProcess process = launch.succeeds();

    slot.expect(SlotState.LAUNCHING);
    slot.expectNothing();
    assertThat(process.moreOrders()).isEmpty();
  }

  @Test
  void aStopWhileJoiningEndsTheProcess() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(SlotActor.Start.INSTANCE);
    FakeProcess process = slot.launched();
    slot.isMember();
    slot.expect(SlotState.JOINING);

    slot.tell(SlotActor.Stop.INSTANCE);

    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    process.ends(143);
    slot.expect(SlotState.STOPPED);
  }

  @Test
  void aStopWhileBackingOffEndsTheWait() {
    slot.started().ends(1);
    slot.launched().ends(1);
    slot.expect(SlotState.BACKING_OFF);

    slot.tell(SlotActor.Stop.INSTANCE);

    assertThat(slot.expect(SlotState.STOPPED).reason()).isEqualTo("exit code 1");
    slot.passes(Duration.ofMinutes(1));
    slot.expectNothing();
  }

  @Test
  void aSlotThatNeverStartedStopsAtOnce() {
    slot.create();
    slot.expect(SlotState.PENDING);

    slot.tell(SlotActor.Stop.INSTANCE);
    slot.expect(SlotState.STOPPED);

    slot.tell(SlotActor.Stop.INSTANCE);
    slot.expectNothing();
  }

  @Test
  void aStoppedSlotCanBeStarted() {
    FakeProcess process = slot.started();
    slot.tell(SlotActor.Stop.INSTANCE);
    slot.expect(SlotState.STOPPING);
    process.ends(143);
    slot.expect(SlotState.STOPPED);

    slot.tell(SlotActor.Start.INSTANCE);

    slot.running(2);
  }

  @Test
  void aRestartStopsInOrderThenLaunchesAndDoesNotCount() {
    FakeProcess process = slot.started();

    slot.tell(SlotActor.Restart.INSTANCE);

    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    slot.expectNothing();
    process.ends(143);
    SlotStatus launching = slot.expect(SlotState.LAUNCHING);
    assertThat(launching.generation()).isEqualTo(2);
    assertThat(launching.restarts()).isZero();
    assertThat(slot.provenDead()).containsExactly(process.address());
  }

  @Test
  void whatIsNeverRelaunchedIsStillRestartedByOrder() {
    slot.create(Policy.NEVER, 0);
    slot.expect(SlotState.PENDING);
    slot.tell(SlotActor.Start.INSTANCE);
    FakeProcess process = slot.running(1);

    slot.tell(SlotActor.Restart.INSTANCE);
    slot.expect(SlotState.STOPPING);
    process.ends(143);

    slot.running(2);
  }

  @Test
  void theLastOfSeveralOrdersHolds() {
    FakeProcess process = slot.started();
    slot.tell(SlotActor.Restart.INSTANCE);
    slot.expect(SlotState.STOPPING);
    slot.tell(SlotActor.Stop.INSTANCE);
    slot.tell(SlotActor.Start.INSTANCE);
    slot.tell(SlotActor.Stop.INSTANCE);

    process.ends(143);

    slot.expect(SlotState.STOPPED);
    slot.expectNothing();
  }

  @Test
  void aStopWhileTheThreadsAreDumpedDoesNotWaitForThem() {
    FakeProcess process = slot.started();
    slot.sighted(1, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusMillis(1));
    slot.expect(SlotState.UNHEALTHY);
    assertThat(process.nextOrder()).isEqualTo(DUMP);

    slot.tell(SlotActor.Stop.INSTANCE);

    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    process.dumpIsWritten();
    process.ends(143);
    slot.expect(SlotState.STOPPED);
    slot.expectNothing();
  }
}
