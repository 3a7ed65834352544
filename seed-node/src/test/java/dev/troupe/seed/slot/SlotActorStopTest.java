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

    slot.tell(LifecycleEvent.Order.STOP);

    assertThat(slot.expect(SlotState.STOPPING).pid()).isEqualTo(process.pid());
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    slot.expectNothing();

    process.ends(143);
    SlotStatus stopped = slot.expect(SlotState.STOPPED);
    assertThat(stopped.pid()).isNull();
    assertThat(stopped.exitCode()).isEqualTo(143);
    assertThat(stopped.reason()).isEqualTo("stopped by order");
    assertThat(slot.confirmedDead()).containsExactly(process.address());
  }

  @Test
  void aProcessThatDoesNotEndWithinDrainAndGraceIsKilled() {
    FakeProcess process = slot.started();
    slot.tell(LifecycleEvent.Order.STOP);
    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);

    slot.passes(SlotFixture.DRAIN_TIMEOUT.plus(SlotFixture.GRACE).minusMillis(1));
    slot.expectNothing();
    assertThat(process.moreOrders()).isEmpty();

    slot.passes(Duration.ofMillis(1));
    assertThat(process.nextOrder()).isEqualTo(KILL);
    slot.expect(SlotState.STOPPING);
    slot.expectNothing();

    process.ends(137);
    assertThat(slot.expect(SlotState.STOPPED).exitCode()).isEqualTo(137);
  }

  @Test
  void aStopDuringTheLaunchEndsTheProcessAsSoonAsThereIsOne() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();
    slot.tell(LifecycleEvent.Order.STOP);
    slot.expect(SlotState.STOPPING);
    slot.expectNothing();

    FakeProcess process = launch.succeeds();

    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    process.ends(143);
    slot.expect(SlotState.STOPPED);
    slot.expectNothing();
  }

  @Test
  void aStopDuringALaunchTheSystemRefusesIsTheEndOfIt() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();
    slot.tell(LifecycleEvent.Order.STOP);
    slot.expect(SlotState.STOPPING);

    launch.isRefused("no memory");

    assertThat(slot.expect(SlotState.STOPPED).reason())
        .isEqualTo("could not be launched: no memory");
    slot.expectNothing();
  }

  @Test
  void aStartTakesBackAStopDuringTheLaunch() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();
    slot.tell(LifecycleEvent.Order.STOP);
    slot.expect(SlotState.STOPPING);
    slot.tell(LifecycleEvent.Order.START);
    slot.expect(SlotState.LAUNCHING);

    FakeProcess process = launch.succeeds();

    slot.expect(SlotState.LAUNCHING);
    slot.expectNothing();
    assertThat(process.moreOrders()).isEmpty();
  }

  @Test
  void aStopWhileJoiningEndsTheProcess() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcess process = slot.launched();
    slot.isMember();
    slot.expect(SlotState.JOINING);

    slot.tell(LifecycleEvent.Order.STOP);

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

    slot.tell(LifecycleEvent.Order.STOP);

    assertThat(slot.expect(SlotState.STOPPED).reason()).isEqualTo("could not start (exit code 1)");
    slot.passes(Duration.ofMinutes(1));
    slot.expectNothing();
  }

  @Test
  void aSlotThatNeverStartedStopsAtOnce() {
    slot.create();
    slot.expect(SlotState.PENDING);

    slot.tell(LifecycleEvent.Order.STOP);
    slot.expect(SlotState.STOPPED);

    slot.tell(LifecycleEvent.Order.STOP);
    slot.expectNothing();
  }

  @Test
  void aStoppedSlotCanBeStarted() {
    FakeProcess process = slot.started();
    slot.tell(LifecycleEvent.Order.STOP);
    slot.expect(SlotState.STOPPING);
    process.ends(143);
    slot.expect(SlotState.STOPPED);

    slot.tell(LifecycleEvent.Order.START);

    slot.running(2);
  }

  @Test
  void aRestartStopsInOrderThenLaunchesAndDoesNotCount() {
    FakeProcess process = slot.started();

    slot.tell(LifecycleEvent.Order.RESTART);

    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    slot.expectNothing();
    process.ends(143);
    SlotStatus launching = slot.expect(SlotState.LAUNCHING);
    assertThat(launching.generation()).isEqualTo(2);
    assertThat(launching.restarts()).isZero();
    assertThat(slot.confirmedDead()).containsExactly(process.address());
  }

  @Test
  void whatIsNeverRelaunchedIsStillRestartedByOrder() {
    slot.create(Policy.NEVER, 0);
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcess process = slot.running(1);

    slot.tell(LifecycleEvent.Order.RESTART);
    slot.expect(SlotState.STOPPING);
    process.ends(143);

    slot.running(2);
  }

  @Test
  void theLastOfSeveralOrdersHolds() {
    FakeProcess process = slot.started();
    slot.tell(LifecycleEvent.Order.RESTART);
    slot.expect(SlotState.STOPPING);
    slot.tell(LifecycleEvent.Order.STOP);
    slot.tell(LifecycleEvent.Order.START);
    slot.tell(LifecycleEvent.Order.STOP);

    process.ends(143);

    slot.expect(SlotState.STOPPED);
    slot.expectNothing();
  }

  @Test
  void aStopWhileTheThreadsAreDumpedDoesNotWaitForThem() {
    FakeProcess process = slot.started();
    slot.observed(1, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusMillis(1));
    slot.expect(SlotState.UNHEALTHY);
    assertThat(process.nextOrder()).isEqualTo(DUMP);

    slot.tell(LifecycleEvent.Order.STOP);

    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    process.dumpIsWritten();
    process.ends(143);
    slot.expect(SlotState.STOPPED);
    slot.expectNothing();
  }

  @Test
  void aProcessThatComesAfterItsSlotIsGoneIsEnded() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();
    slot.close();

    assertThat(launch.succeeds().nextOrder()).isEqualTo(KILL);
  }

  @Test
  void aProcessThatComesAfterTheTimeForItsStopIsOverIsEnded() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();
    slot.tell(LifecycleEvent.Order.RETIRE);
    slot.expect(SlotState.STOPPING);
    slot.passes(SlotFixture.GRACE);
    slot.expect(SlotState.STOPPED);

    assertThat(launch.succeeds().nextOrder()).isEqualTo(KILL);
  }

  @Test
  void aLaunchTheSystemDoesNotAnswerIsTriedAgainAndItsLateProcessIsEnded() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();

    slot.passes(SlotFixture.START_TIMEOUT);

    FakeProcessLauncher.Launch second = slot.nextLaunch();
    assertThat(second.generation()).isEqualTo(2);
    assertThat(launch.succeeds().nextOrder()).isEqualTo(KILL);
    FakeProcess process = second.succeeds();
    assertThat(slot.expect(SlotState.LAUNCHING).pid()).isEqualTo(process.pid());
  }

  @Test
  void aRetiringSlotIsNotLaunchedAgainByARestart() {
    FakeProcess process = slot.started();
    slot.tell(LifecycleEvent.Order.RETIRE);
    slot.expect(SlotState.STOPPING);

    slot.tell(LifecycleEvent.Order.RESTART);
    process.ends(143);

    slot.expect(SlotState.STOPPED);
    slot.expectNothing();
  }

  @Test
  void aProcessThatIsThereAfterKillIsKilledAgain() {
    FakeProcess process = slot.started();
    slot.tell(LifecycleEvent.Order.STOP);
    slot.expect(SlotState.STOPPING);
    slot.passes(SlotFixture.DRAIN_TIMEOUT.plus(SlotFixture.GRACE));
    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    assertThat(process.nextOrder()).isEqualTo(KILL);

    slot.passes(SlotSpec.KILL_TIMEOUT);

    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(KILL);
    process.ends(137);
    assertThat(slot.expect(SlotState.STOPPED).reason()).isEqualTo("stopped by order, with KILL");
  }
}
