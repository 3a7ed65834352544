package dev.troupe.seed.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.process.FakeProcess;
import dev.troupe.seed.process.FakeProcessLauncher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More and fewer instances, and new ones for old, by order. */
final class ScaleTest {
  private static final ActorTestKit KIT = TestKits.manualTime();

  @TempDir private Path home;
  private SupervisorFixture supervisor;

  @BeforeEach
  void start() {
    supervisor = new SupervisorFixture(KIT, home, SupervisorFixture.SETTINGS).start();
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void moreInstancesGetSlotsOfTheirOwnAndTheSettingsOfTheService() {
    supervisor.run("UserService-1");

    assertThat(supervisor.scale("UserService", 3)).satisfies(begun(3));

    supervisor.run("UserService-2");
    supervisor.run("UserService-3");
    assertThat(slots("UserService")).hasSize(3);
  }

  @Test
  void thoseOfTheHighestNumbersGoFirstAndAreForgottenOnceTheyAreGone() {
    supervisor.run("UserService-1");
    supervisor.scale("UserService", 2);
    FakeProcess second = supervisor.run("UserService-2");

    assertThat(supervisor.scale("UserService", 1)).satisfies(begun(1));

    supervisor.awaitState("UserService-2", SlotState.STOPPING);
    supervisor.ends("UserService-2", second, 143);
    awaitSlots("UserService", 1);
    supervisor.scale("UserService", 2);
    assertThat(supervisor.launch("UserService-2").generation()).as("counts on").isEqualTo(2);
  }

  @Test
  void aSlotThatIsWantedAgainWhileItStopsIsLaunchedAgain() {
    supervisor.run("UserService-1");
    supervisor.scale("UserService", 2);
    FakeProcess second = supervisor.run("UserService-2");
    supervisor.scale("UserService", 1);
    supervisor.awaitState("UserService-2", SlotState.STOPPING);

    supervisor.scale("UserService", 2);
    supervisor.ends("UserService-2", second, 143);

    assertThat(supervisor.launch("UserService-2").generation()).isEqualTo(2);
  }

  @Test
  void theNextSeedNodeIsToldTheNumberUntilItIsThatOfTheSettings() {
    supervisor.scale("UserService", 2);
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> supervisor.lastSaved().scaled().equals(Map.of("UserService", 2)));

    supervisor.scale("UserService", 1);

    await().atMost(Duration.ofSeconds(5)).until(() -> supervisor.lastSaved().scaled().isEmpty());
  }

  @Test
  void aServiceThatIsScaledToZeroIsStartedByScalingItUpOnly() {
    FakeProcess only = supervisor.run("UserService-1");
    assertThat(supervisor.scale("UserService", 0)).satisfies(begun(0));
    supervisor.awaitState("UserService-1", SlotState.STOPPING);
    supervisor.ends("UserService-1", only, 143);
    awaitSlots("UserService", 0);

    assertThat(supervisor.restartRolling("UserService"))
        .isInstanceOfSatisfying(
            OperatorCommands.Refused.class,
            refused -> assertThat(refused.why()).contains("bin/troupe scale UserService 1"));
    assertThat(supervisor.scale("UserService", 1)).satisfies(begun(1));
    supervisor.run("UserService-1");
  }

  @Test
  void whatCannotBeScaledIsRefused() {
    assertThat(supervisor.scale("Nobody", 2))
        .isEqualTo(new OperatorCommands.UnknownTarget(List.of("UserService", "OrderService")));
    assertThat(supervisor.scale("gateway", 2)).isInstanceOf(OperatorCommands.UnknownTarget.class);
    assertThat(supervisor.scale("UserService", -1)).isInstanceOf(OperatorCommands.Refused.class);
    assertThat(supervisor.scale("UserService", 65)).isInstanceOf(OperatorCommands.Refused.class);
    assertThat(supervisor.restartRolling("gateway")).isInstanceOf(OperatorCommands.Refused.class);
    assertThat(supervisor.restartRolling("UserService-1"))
        .isInstanceOf(OperatorCommands.UnknownTarget.class);
  }

  @Test
  void aRollingRestartReplacesTheOnlyProcessOnceAnotherIsReady() {
    FakeProcess old = supervisor.run("UserService-1");

    assertThat(supervisor.restartRolling("UserService")).satisfies(begun(1));
    FakeProcess standIn = supervisor.launch("UserService-2").succeeds();
    assertThat(old.moreOrders()).as("until the other is ready").isEmpty();
    assertThat(supervisor.scale("UserService", 2)).isInstanceOf(OperatorCommands.Refused.class);
    supervisor.becomesReady("UserService-2", 1, standIn);
    supervisor.awaitState("UserService-1", SlotState.STOPPING);
    supervisor.ends("UserService-1", old, 143);
    supervisor.run("UserService-1");
    supervisor.awaitState("UserService-2", SlotState.STOPPING);
    supervisor.ends("UserService-2", standIn, 143);

    awaitRollout(Rollout.State.DONE);
    assertThat(slots("UserService")).extracting(SlotStatus::generation).containsExactly(2);
  }

  @Test
  void aRollingRestartWhoseFirstNewProcessFailsLeavesTheOldOnes() {
    FakeProcess old = supervisor.run("UserService-1");
    supervisor.restartRolling("UserService");

    supervisor.launch("UserService-2").succeeds().ends(1);

    Rollout rollout = awaitRollout(Rollout.State.FAILED);
    assertThat(rollout.text()).contains("0 of 1 replaced: UserService-2").contains("exit code 1");
    assertThat(old.moreOrders()).isEmpty();
    supervisor.launch("UserService-2").isRefused("no memory");
    awaitSlots("UserService", 1);
  }

  @Test
  void aRestartDoesNotBringBackASlotThatGoes() {
    supervisor.run("UserService-1");
    supervisor.scale("UserService", 2);
    FakeProcess second = supervisor.run("UserService-2");
    supervisor.scale("UserService", 1);

    assertThat(supervisor.restart("UserService"))
        .satisfies(reply -> concerns(reply, "UserService-1"));
    assertThat(supervisor.restart("UserService-2"))
        .isInstanceOf(OperatorCommands.UnknownTarget.class);
    supervisor.awaitState("UserService-2", SlotState.STOPPING);
    supervisor.ends("UserService-2", second, 143);

    awaitSlots("UserService", 1);
  }

  @Test
  void ofTwoScalingsTheEarlierEndsAsReplacedAndTheLaterIsDone() {
    supervisor.run("UserService-1");
    long first = id(supervisor.scale("UserService", 3));
    FakeProcessLauncher.Launch two = supervisor.launch("UserService-2");
    FakeProcessLauncher.Launch three = supervisor.launch("UserService-3");

    long second = id(supervisor.scale("UserService", 2));

    assertThat(supervisor.status().rollout(first).orElseThrow())
        .returns(Rollout.State.FAILED, Rollout::state)
        .returns("replaced by a later scale", Rollout::text);
    FakeProcess process = two.succeeds();
    supervisor.cluster.lives(process.pid());
    supervisor.becomesReady("UserService-2", 1, process);
    assertThat(supervisor.status().rollout(second).orElseThrow().state())
        .as("the third is still being launched")
        .isEqualTo(Rollout.State.ROLLING);
    three.isRefused("no memory");
    awaitRollout(Rollout.State.DONE);
    assertThat(slots("UserService")).hasSize(2);
  }

  @Test
  void aScalingThatDoesNotComeToItsEndSaysWhatItFound() {
    supervisor.run("UserService-1");
    long id = id(supervisor.scale("UserService", 2));
    supervisor.launch("UserService-2");

    supervisor.passes(Duration.ofMinutes(5));

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(supervisor.status().rollout(id).orElseThrow())
                    .returns(Rollout.State.FAILED, Rollout::state)
                    .extracting(Rollout::text)
                    .asString()
                    .startsWith("UserService-2 is "));
  }

  private static long id(OperatorCommands.Reply reply) {
    return ((OperatorCommands.Begun) reply).rollout();
  }

  private static void concerns(OperatorCommands.Reply reply, String slot) {
    assertThat(((OperatorCommands.Begun) reply).slots()).containsExactly(slot);
  }

  private static Consumer<OperatorCommands.Reply> begun(int instances) {
    List<String> names =
        List.of("UserService-1", "UserService-2", "UserService-3").subList(0, instances);
    return reply ->
        assertThat(reply)
            .isInstanceOfSatisfying(
                OperatorCommands.Begun.class,
                begun -> {
                  assertThat(begun.slots()).isEqualTo(names);
                  assertThat(begun.rollout()).isPositive();
                });
  }

  private List<SlotStatus> slots(String service) {
    return supervisor.status().slotsOf(service);
  }

  private void awaitSlots(String service, int count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> slots(service).size() == count);
  }

  private Rollout awaitRollout(Rollout.State state) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> supervisor.status().rollout("UserService"),
            rollout -> rollout.filter(known -> known.state() == state).isPresent())
        .orElseThrow();
  }
}
