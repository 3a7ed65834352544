package dev.troupe.seed.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.settings.RestartSettings.Policy;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.process.FakeProcess;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlotActorRelaunchTest {
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
  void theFirstRelaunchIsImmediate() {
    FakeProcess process = slot.started();

    process.ends(137);

    SlotStatus relaunched = slot.expect(SlotState.LAUNCHING);
    assertThat(relaunched.generation()).isEqualTo(2);
    assertThat(relaunched.restarts()).isEqualTo(1);
    assertThat(relaunched.exitCode()).isEqualTo(137);
    assertThat(relaunched.reason())
        .as("says whose it is")
        .isEqualTo("previous pid %d: killed by SIGKILL (exit code 137)".formatted(process.pid()));
    assertThat(relaunched.pid()).isNull();
  }

  @Test
  void furtherRelaunchesWaitTwiceAsLongEachTime() {
    slot.started().ends(1);
    slot.launched().ends(1);

    assertThat(slot.expect(SlotState.BACKING_OFF).restarts()).isEqualTo(2);
    slot.passes(Duration.ofMillis(499));
    slot.expectNothing();
    slot.passes(Duration.ofMillis(1));
    slot.launched().ends(1);

    assertThat(slot.expect(SlotState.BACKING_OFF).restarts()).isEqualTo(3);
    slot.passes(Duration.ofMillis(999));
    slot.expectNothing();
    slot.passes(Duration.ofMillis(1));
    assertThat(slot.nextLaunch().generation()).isEqualTo(4);
  }

  @Test
  void aSlotThatBacksOffShowsWhatItsProcessWroteLast() {
    slot.started().ends(1);
    slot.launched().ends(1, "starting", "troupe-exit 1: no database");

    SlotStatus backingOff = slot.expect(SlotState.BACKING_OFF);

    assertThat(backingOff.reason()).isEqualTo("could not start (exit code 1): no database");
    assertThat(backingOff.exitCode()).isEqualTo(1);
    assertThat(backingOff.log()).containsExactly("starting", "troupe-exit 1: no database");
  }

  @Test
  void aProcessThatRefusesToStartIsNotTriedAgain() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    slot.launched()
        .ends(NodeExit.START_REFUSED.code(), "troupe-exit 86: users.db is damaged. Restore it");

    SlotStatus failed = slot.expect(SlotState.FAILED);

    assertThat(failed.reason())
        .isEqualTo(
            "refused to start (exit code 86): users.db is damaged. Restore it. Not launched again"
                + " before: bin/troupe restart UserService-1");
    slot.passes(Duration.ofHours(1));
    slot.expectNothing();

    slot.tell(LifecycleEvent.Order.RESTART);
    slot.running(2);
  }

  @Test
  void aSpentBudgetEndsInFailedWithTheReasonAndTheLog() {
    SlotStatus failed = failed();

    assertThat(failed.reason())
        .isEqualTo(
            "gave up after 3 relaunches in 60 s; last: could not start (exit code 1): no database");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.log()).containsExactly("troupe-exit 1: no database");
    assertThat(failed.generation()).isEqualTo(4);
    assertThat(failed.pid()).isNull();
    slot.passes(Duration.ofHours(1));
    slot.expectNothing();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOrderBringsAFailedSlotBackWithAFullBudget(boolean start) {
    failed();

    slot.tell(start ? LifecycleEvent.Order.START : LifecycleEvent.Order.RESTART);

    FakeProcess process = slot.running(5);
    process.ends(1);
    SlotStatus relaunched = slot.expect(SlotState.LAUNCHING);
    assertThat(relaunched.restarts()).as("of a budget begun anew").isEqualTo(1);
  }

  @Test
  void aSlotThatWasReadyForLongStartsAfresh() {
    slot.started().ends(1);
    FakeProcess second = slot.running(2);
    slot.passes(SlotFixture.READY_RESET);

    second.ends(1);

    assertThat(slot.expect(SlotState.LAUNCHING).restarts()).isEqualTo(1);
  }

  @Test
  void relaunchesThatAreLongAgoDoNotCount() {
    slot.started().ends(1);
    FakeProcess second = slot.launched();
    slot.passes(Duration.ofSeconds(19));
    slot.isReady(2);
    slot.expect(SlotState.RUNNING);
    slot.passes(Duration.ofSeconds(20));
    second.ends(1);
    assertThat(slot.expect(SlotState.BACKING_OFF).restarts()).isEqualTo(2);
    slot.passes(Duration.ofMillis(500));
    FakeProcess third = slot.running(3);
    slot.passes(Duration.ofSeconds(21));

    third.ends(1);

    assertThat(slot.expect(SlotState.BACKING_OFF).restarts())
        .as("the first is out of the window, the second and this one are not")
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOrderEndsTheWaitForARelaunch(boolean start) {
    slot.started().ends(1);
    slot.launched().ends(1);
    slot.expect(SlotState.BACKING_OFF);

    slot.tell(start ? LifecycleEvent.Order.START : LifecycleEvent.Order.RESTART);

    SlotStatus launching = slot.expect(SlotState.LAUNCHING);
    assertThat(launching.generation()).isEqualTo(3);
    assertThat(launching.restarts()).isZero();
  }

  @Test
  void whatIsNeverToBeRelaunchedRestsWithItsExitCode() {
    slot.create(Policy.NEVER, 0);
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);

    slot.launched().ends(3, "out of work");

    SlotStatus stopped = slot.expect(SlotState.STOPPED);
    assertThat(stopped.exitCode()).isEqualTo(3);
    assertThat(stopped.reason()).isEqualTo("ran out of memory (exit code 3)");
    slot.expectNothing();
  }

  @Test
  void onFailureASuccessIsTheEnd() {
    slot.create(Policy.ON_FAILURE, 0);
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);

    slot.running(1).ends(0);

    assertThat(slot.expect(SlotState.STOPPED).exitCode()).isZero();
    slot.expectNothing();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 137, 143})
  void onFailureAnythingElseIsRelaunched(int code) {
    slot.create(Policy.ON_FAILURE, 0);
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);

    slot.running(1).ends(code);

    assertThat(slot.expect(SlotState.LAUNCHING).generation()).isEqualTo(2);
  }

  @Test
  void everyExitProvesItsAddressDeadOnce() {
    FakeProcess first = slot.started();
    first.ends(1);
    FakeProcess second = slot.launched();
    second.ends(1);
    slot.expect(SlotState.BACKING_OFF);

    assertThat(slot.confirmedDead()).containsExactly(first.address(), second.address());
  }

  private SlotStatus failed() {
    slot.started().ends(1);
    slot.launched().ends(1);
    slot.expect(SlotState.BACKING_OFF);
    slot.passes(Duration.ofMillis(500));
    slot.launched().ends(1);
    slot.expect(SlotState.BACKING_OFF);
    slot.passes(Duration.ofSeconds(1));
    slot.launched().ends(1, "troupe-exit 1: no database");
    return slot.expect(SlotState.FAILED);
  }
}
