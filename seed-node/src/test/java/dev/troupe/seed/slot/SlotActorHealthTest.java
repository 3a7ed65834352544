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
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SlotActorHealthTest {
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
  void aHungProcessIsDumpedStoppedAndRelaunchedAtTheCostOfItsBudget() {
    FakeProcess process = slot.started();

    slot.observed(1, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusSeconds(1));

    assertThat(slot.expect(SlotState.UNHEALTHY).reason()).isEqualTo("no heartbeat for 11 s");
    assertThat(process.nextOrder()).isEqualTo(DUMP);
    slot.expectNothing();
    assertThat(process.moreOrders()).as("it may still tell why").isEmpty();
    process.dumpIsWritten();
    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    process.ends(143);
    SlotStatus relaunched = slot.expect(SlotState.LAUNCHING);
    assertThat(relaunched.restarts()).isEqualTo(1);
    assertThat(relaunched.reason())
        .isEqualTo("previous pid %d: no heartbeat for 11 s".formatted(process.pid()));
    assertThat(relaunched.exitCode()).isEqualTo(143);
    assertThat(slot.confirmedDead()).containsExactly(process.address());
  }

  @Test
  void whyThereIsNoDumpIsSaidWithTheReason() {
    FakeProcess process = hung();

    process.dumpIsNotToBeHad("no thread dump: a signal has stopped it");

    slot.expect(SlotState.STOPPING);
    process.ends(137);
    assertThat(slot.expect(SlotState.LAUNCHING).reason())
        .isEqualTo(
            "previous pid %d: no heartbeat for 11 s (no thread dump: a signal has stopped it)"
                .formatted(process.pid()));
  }

  @Test
  void silenceUpToTheTimeoutIsForgiven() {
    slot.started();

    slot.observed(1, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT);

    slot.expectNothing();
  }

  @Test
  void aHungProcessThatIgnoresTermIsKilledWithoutTimeToDrain() {
    FakeProcess process = hung();
    process.dumpIsWritten();
    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);

    slot.passes(SlotFixture.GRACE);

    assertThat(process.nextOrder()).isEqualTo(KILL);
    process.ends(137);
    slot.expect(SlotState.LAUNCHING);
  }

  @Test
  void aHungProcessThatDiesBeforeItsDumpIsWrittenIsRelaunched() {
    FakeProcess process = hung();

    process.ends(137);

    assertThat(slot.expect(SlotState.LAUNCHING).generation()).isEqualTo(2);
  }

  @Test
  void aHungProcessHasFailedEvenIfItThenObeysTerm() {
    slot.create(Policy.ON_FAILURE, 0);
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcess process = slot.running(1);
    slot.observed(1, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusSeconds(1));
    slot.expect(SlotState.UNHEALTHY);
    process.dumpIsWritten();
    slot.expect(SlotState.STOPPING);

    process.ends(0);

    assertThat(slot.expect(SlotState.LAUNCHING).generation()).isEqualTo(2);
  }

  @Test
  void hangingAgainAndAgainSpendsTheBudget() {
    hangs(slot.started(), 1);
    hangs(slot.running(2), 2);
    slot.expect(SlotState.BACKING_OFF);
    slot.passes(Duration.ofSeconds(1));
    hangs(slot.running(3), 3);
    slot.expect(SlotState.BACKING_OFF);
    slot.passes(Duration.ofSeconds(1));

    hangs(slot.running(4), 4);

    assertThat(slot.expect(SlotState.FAILED).reason())
        .isEqualTo("gave up after 3 relaunches in 60 s; last: no heartbeat for 11 s");
  }

  @Test
  void anInstanceThatSaysItIsUnwellIsShownButLeftToHeal() {
    FakeProcess process = slot.started();

    slot.observed(1, InstanceState.UNHEALTHY, "disk full", Duration.ZERO);
    assertThat(slot.expect(SlotState.UNHEALTHY).reason()).isEqualTo("disk full");
    slot.observed(1, InstanceState.UNHEALTHY, "disk full", Duration.ZERO);
    slot.expectNothing();

    slot.isReady(1);
    assertThat(slot.expect(SlotState.RUNNING).reason()).as("of what is healed").isNull();
    assertThat(process.moreOrders()).isEmpty();
  }

  @Test
  void anInstanceThatIsUnwellForAnotherReasonSaysSo() {
    slot.started();
    slot.observed(1, InstanceState.UNHEALTHY, "disk full", Duration.ZERO);
    slot.expect(SlotState.UNHEALTHY);

    slot.observed(1, InstanceState.UNHEALTHY, "disk gone", Duration.ZERO);

    assertThat(slot.expect(SlotState.UNHEALTHY).reason()).isEqualTo("disk gone");
  }

  @Test
  void anUnwellInstanceCanHangToo() {
    slot.started();
    slot.observed(1, InstanceState.UNHEALTHY, "disk full", Duration.ZERO);
    slot.expect(SlotState.UNHEALTHY);

    slot.observed(
        1, InstanceState.UNHEALTHY, "disk full", SlotFixture.HEARTBEAT_TIMEOUT.plusSeconds(5));

    assertThat(slot.expect(SlotState.UNHEALTHY).reason())
        .isEqualTo("no heartbeat for 15 s, after it said: disk full");
  }

  @Test
  void healingKeepsTheReasonOfTheLastRelaunch() {
    FakeProcess first = slot.started();
    first.ends(137);
    slot.running(2);
    slot.observed(2, InstanceState.UNHEALTHY, "disk full", Duration.ZERO);
    slot.expect(SlotState.UNHEALTHY);

    slot.isReady(2);

    assertThat(slot.expect(SlotState.RUNNING).reason())
        .isEqualTo("previous pid %d: killed by SIGKILL (exit code 137)".formatted(first.pid()));
  }

  private FakeProcess hung() {
    FakeProcess process = slot.started();
    slot.observed(1, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusSeconds(1));
    slot.expect(SlotState.UNHEALTHY);
    assertThat(process.nextOrder()).isEqualTo(DUMP);
    return process;
  }

  private void hangs(FakeProcess process, int generation) {
    slot.observed(
        generation, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusSeconds(1));
    slot.expect(SlotState.UNHEALTHY);
    process.dumpIsWritten();
    slot.expect(SlotState.STOPPING);
    process.ends(137);
  }
}
