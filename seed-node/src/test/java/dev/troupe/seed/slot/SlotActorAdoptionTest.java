package dev.troupe.seed.slot;

import static dev.troupe.seed.process.FakeProcess.Order.DUMP;
import static dev.troupe.seed.process.FakeProcess.Order.KILL;
import static dev.troupe.seed.process.FakeProcess.Order.TERMINATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.process.FakeProcess;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SlotActorAdoptionTest {
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

  private final FakeProcess process = new FakeProcess(42, "pekko://troupe@127.0.0.1:25042");

  @Test
  void anAdoptedProcessRunsOnWithoutARelaunch() {
    slot.adopt(3, process);

    SlotStatus adopted = slot.expect(SlotState.LAUNCHING);
    assertThat(adopted.pid()).isEqualTo(42);
    assertThat(adopted.address()).isEqualTo(process.address());
    assertThat(adopted.generation()).isEqualTo(3);

    slot.isReady(3);
    SlotStatus running = slot.expect(SlotState.RUNNING);
    assertThat(running.restarts()).isZero();
    assertThat(running.readyMillis()).as("nobody here knows").isNull();
    slot.expectNothing();
    assertThat(process.moreOrders()).isEmpty();
  }

  @Test
  void anAdoptedProcessThatEndsIsRelaunchedThoughNobodySawItsCode() {
    adopted();

    process.ends(null);

    SlotStatus relaunched = slot.expect(SlotState.LAUNCHING);
    assertThat(relaunched.generation()).isEqualTo(4);
    assertThat(relaunched.exitCode()).isNull();
    assertThat(relaunched.reason()).isEqualTo("previous pid 42: ended, exit code not seen");
    assertThat(slot.confirmedDead()).containsExactly(process.address());
  }

  @Test
  void anAdoptedProcessThatNeverShowsUpIsReplaced() {
    slot.adopt(3, process);
    slot.expect(SlotState.LAUNCHING);
    slot.passes(SlotFixture.START_TIMEOUT.multipliedBy(100));
    slot.expectNothing();
    assertThat(process.moreOrders()).as("nobody can see it yet").isEmpty();
    slot.tell(new LifecycleEvent.Observed(InstanceObservation.NONE));
    slot.expect(SlotState.LAUNCHING);

    slot.passes(SlotFixture.START_TIMEOUT);

    assertThat(slot.expect(SlotState.UNHEALTHY).reason())
        .as("says from when it counts")
        .isEqualTo("not ready within 20 s after it was adopted");
    assertThat(process.nextOrder()).isEqualTo(DUMP);
    process.dumpIsWritten();
    slot.expect(SlotState.STOPPING);
    process.ends(null);
    assertThat(slot.expect(SlotState.LAUNCHING).generation()).isEqualTo(4);
  }

  @Test
  void anAdoptedProcessIsStoppedLikeAnyOther() {
    adopted();
    slot.tell(LifecycleEvent.Order.STOP);
    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);

    slot.passes(SlotFixture.DRAIN_TIMEOUT.plus(SlotFixture.GRACE));
    assertThat(process.nextOrder()).isEqualTo(KILL);
    process.ends(null);

    assertThat(slot.expect(SlotState.STOPPED).exitCode()).isNull();
  }

  private void adopted() {
    slot.adopt(3, process);
    slot.expect(SlotState.LAUNCHING);
    slot.isReady(3);
    slot.expect(SlotState.RUNNING);
  }
}
