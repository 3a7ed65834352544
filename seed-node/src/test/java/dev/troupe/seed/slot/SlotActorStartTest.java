package dev.troupe.seed.slot;

import static dev.troupe.seed.process.FakeProcess.Order.DUMP;
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
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SlotActorStartTest {
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
  void aSlotWaitsForItsStart() {
    slot.create();

    SlotStatus status = slot.expect(SlotState.PENDING);

    assertThat(status.generation()).isZero();
    assertThat(status.pid()).isNull();
    slot.expectNothing();
  }

  @Test
  void aStartedSlotIsLaunchedJoinsAndRunsWhenReady() {
    slot.create();
    slot.expect(SlotState.PENDING);

    slot.tell(LifecycleEvent.Order.START);
    FakeProcessLauncher.Launch launch = slot.nextLaunch();
    assertThat(launch.slot()).isEqualTo("UserService-1");
    assertThat(launch.service()).isEqualTo("UserService");
    assertThat(launch.generation()).isEqualTo(1);

    FakeProcess process = launch.succeeds();
    SlotStatus launched = slot.expect(SlotState.LAUNCHING);
    assertThat(launched.pid()).isEqualTo(process.pid());
    assertThat(launched.address()).isEqualTo(process.address());

    slot.passes(Duration.ofSeconds(2));
    slot.isMember();
    assertThat(slot.expect(SlotState.JOINING).readyMillis()).isNull();

    slot.passes(Duration.ofSeconds(1));
    slot.isReady(1);
    SlotStatus running = slot.expect(SlotState.RUNNING);
    assertThat(running.readyMillis()).isEqualTo(3000);
    assertThat(running.generation()).isEqualTo(1);
    assertThat(running.restarts()).isZero();
    assertThat(running.reason()).isNull();
  }

  @Test
  void generationsGoOnFromThoseOfEarlierSeedNodes() {
    slot.create(Policy.ALWAYS, 7);
    assertThat(slot.expect(SlotState.PENDING).generation()).isEqualTo(7);

    slot.tell(LifecycleEvent.Order.START);

    assertThat(slot.nextLaunch().generation()).isEqualTo(8);
  }

  @Test
  void aRegisteredInstanceIsNotReadyBeforeItsMemberIsUp() {
    start();

    slot.tell(
        new LifecycleEvent.Observed(
            new InstanceObservation(
                false,
                Optional.of(
                    new InstanceObservation.Instance(
                        1, InstanceState.READY, null, Duration.ZERO)))));

    slot.expectNothing();
  }

  @Test
  void aMemberIsNotReadyBeforeItSaysSo() {
    start();
    slot.isMember();
    slot.expect(SlotState.JOINING);

    slot.isMember();
    slot.observed(1, InstanceState.DRAINING, null, Duration.ZERO);

    slot.expectNothing();
  }

  @Test
  void aProcessThatSaysWhatItWaitsForIsLeftToWait() {
    FakeProcess process = start();
    slot.observed(1, InstanceState.UNHEALTHY, "no database", Duration.ZERO);
    SlotStatus waiting = slot.expect(SlotState.UNHEALTHY);
    assertThat(waiting.reason()).isEqualTo("no database");
    assertThat(waiting.readyMillis()).isNull();

    slot.passes(SlotFixture.START_TIMEOUT);

    assertThat(slot.expect(SlotState.UNHEALTHY).reason())
        .isEqualTo("not ready within 20 s after its launch: no database");
    assertThat(process.moreOrders()).as("a new process would wait as well").isEmpty();
    slot.observed(1, InstanceState.UNHEALTHY, "no database", Duration.ZERO);
    slot.observed(1, InstanceState.DRAINING, null, Duration.ZERO);
    slot.expectNothing();

    slot.isReady(1);
    SlotStatus running = slot.expect(SlotState.RUNNING);
    assertThat(running.readyMillis()).isEqualTo(SlotFixture.START_TIMEOUT.toMillis());
    assertThat(running.restarts()).isZero();
    slot.passes(SlotFixture.START_TIMEOUT);
    slot.expectNothing();
  }

  @Test
  void aProcessThatIsNotReadyInTimeIsDumpedStoppedAndRelaunched() {
    FakeProcess process = start();

    slot.passes(SlotFixture.START_TIMEOUT);

    assertThat(slot.expect(SlotState.UNHEALTHY).reason())
        .isEqualTo("not ready within 20 s after its launch");
    assertThat(process.nextOrder()).isEqualTo(DUMP);
    assertThat(process.moreOrders()).as("it may still tell why").isEmpty();
    process.dumpIsWritten();
    slot.expect(SlotState.STOPPING);
    assertThat(process.nextOrder()).isEqualTo(TERMINATE);
    process.ends(143);
    SlotStatus relaunched = slot.expect(SlotState.LAUNCHING);
    assertThat(relaunched.generation()).isEqualTo(2);
    assertThat(relaunched.restarts()).isEqualTo(1);
    assertThat(relaunched.reason())
        .isEqualTo(
            "previous pid %d: not ready within 20 s after its launch".formatted(process.pid()));
  }

  @Test
  void joiningDoesNotProlongTheTimeToGetReady() {
    start();
    slot.passes(SlotFixture.START_TIMEOUT.minusMillis(1));
    slot.isMember();
    slot.expect(SlotState.JOINING);

    slot.passes(Duration.ofMillis(1));

    slot.expect(SlotState.UNHEALTHY);
  }

  @Test
  void aProcessThatGotReadyInTimeMayRunForEver() {
    slot.started();

    slot.passes(SlotFixture.START_TIMEOUT.multipliedBy(2));

    slot.expectNothing();
  }

  @Test
  void aLaunchTheSystemRefusesCountsAsAFailure() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);

    slot.nextLaunch().isRefused("no such file: java");
    slot.nextLaunch().isRefused("no such file: java");
    SlotStatus backingOff = slot.expect(SlotState.BACKING_OFF);

    assertThat(backingOff.reason()).isEqualTo("could not be launched: no such file: java");
    assertThat(backingOff.restarts()).isEqualTo(2);
    assertThat(backingOff.exitCode()).isNull();
    assertThat(slot.confirmedDead()).as("there was no process").isEmpty();
  }

  @Test
  void aStartOfWhatRunsChangesNothing() {
    slot.started();

    slot.tell(LifecycleEvent.Order.START);

    slot.expectNothing();
  }

  private FakeProcess start() {
    slot.create();
    slot.expect(SlotState.PENDING);
    slot.tell(LifecycleEvent.Order.START);
    return slot.launched();
  }
}
