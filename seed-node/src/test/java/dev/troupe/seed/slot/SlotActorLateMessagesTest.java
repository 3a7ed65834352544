package dev.troupe.seed.slot;

import static dev.troupe.seed.process.FakeProcess.Order.DUMP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.process.FakeProcess;
import dev.troupe.seed.process.FakeProcessLauncher;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SlotActorLateMessagesTest {
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
  void aThreadDumpOfAnEarlierGenerationStopsNobody() {
    FakeProcess first = slot.started();
    slot.observed(1, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusSeconds(1));
    slot.expect(SlotState.UNHEALTHY);
    first.ends(137);
    FakeProcess second = slot.running(2);
    slot.observed(2, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusSeconds(1));
    slot.expect(SlotState.UNHEALTHY);
    assertThat(second.nextOrder()).isEqualTo(DUMP);

    first.dumpIsWritten();

    slot.expectNothing();
    assertThat(second.moreOrders()).isEmpty();
  }

  @Test
  void aThreadDumpOfAnEarlierGenerationChangesNothingInARunningSlot() {
    FakeProcess first = slot.started();
    slot.observed(1, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusSeconds(1));
    slot.expect(SlotState.UNHEALTHY);
    first.ends(137);
    FakeProcess second = slot.running(2);

    first.dumpIsWritten();

    slot.expectNothing();
    assertThat(second.moreOrders()).isEmpty();
  }

  @Test
  void aRegistrationOfAnEarlierGenerationMakesNobodyReady() {
    slot.started().ends(137);
    slot.launched();

    slot.isReady(1);

    slot.expect(SlotState.JOINING);
    slot.expectNothing();
  }

  @Test
  void silenceOfAnEarlierGenerationIsNoHang() {
    slot.started().ends(137);
    slot.running(2);

    slot.observed(1, InstanceState.READY, null, SlotFixture.HEARTBEAT_TIMEOUT.plusSeconds(1));
    slot.observed(1, InstanceState.UNHEALTHY, "disk full", Duration.ZERO);

    slot.expectNothing();
  }

  @Test
  void theStartTimeoutOfAnEarlierGenerationDoesNotHitTheNext() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcess first = slot.launched();
    slot.passes(SlotFixture.START_TIMEOUT.minusSeconds(1));
    first.ends(1);
    slot.launched();

    slot.passes(SlotFixture.START_TIMEOUT.minusMillis(1));
    slot.expectNothing();

    slot.passes(Duration.ofMillis(1));
    slot.expect(SlotState.UNHEALTHY);
  }

  @Test
  void theGraceOfAnEarlierGenerationDoesNotKillTheNext() {
    FakeProcess first = slot.started();
    slot.tell(LifecycleEvent.Order.RESTART);
    slot.expect(SlotState.STOPPING);
    first.ends(143);
    FakeProcess second = slot.running(2);

    slot.passes(SlotFixture.DRAIN_TIMEOUT.plus(SlotFixture.GRACE));

    slot.expectNothing();
    assertThat(second.moreOrders()).isEmpty();
  }

  @Test
  void theWaitAnOrderCutShortDoesNotLaunchASecondTime() {
    slot.started().ends(1);
    slot.launched().ends(1);
    slot.expect(SlotState.BACKING_OFF);
    slot.tell(LifecycleEvent.Order.START);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();

    slot.passes(Duration.ofSeconds(1));
    slot.expectNothing();

    launch.succeeds();
    slot.expect(SlotState.LAUNCHING);
    slot.expectNothing();
  }

  @Test
  void whatIsSeenOfAStoppedSlotChangesNothing() {
    FakeProcess process = slot.started();
    slot.tell(LifecycleEvent.Order.STOP);
    slot.expect(SlotState.STOPPING);
    slot.isReady(1);
    slot.expectNothing();
    process.ends(143);
    slot.expect(SlotState.STOPPED);

    slot.isReady(1);

    slot.expectNothing();
  }
}
