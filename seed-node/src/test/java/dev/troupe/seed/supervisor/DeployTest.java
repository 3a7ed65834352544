package dev.troupe.seed.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.process.FakeProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeployTest {
  private static final String NEW = "0123456789abcdef";

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
  void theVersionIsTheCurrentOneOnceAllRunIt() {
    FakeProcess old = supervisor.run("UserService-1");
    deploy(false);
    FakeProcess standIn = supervisor.launch("UserService-2").succeeds();
    assertThat(supervisor.versions.of("UserService-2")).contains(NEW);
    assertThat(supervisor.versions.of("UserService-1"))
        .as("if it crashes now, its old version comes back")
        .isEmpty();

    supervisor.becomesReady("UserService-2", 1, standIn);
    supervisor.awaitState("UserService-1", SlotState.STOPPING);
    supervisor.ends("UserService-1", old, 143);
    assertThat(supervisor.versions.of("UserService-1")).contains(NEW);
    supervisor.run("UserService-1");
    assertThat(supervisor.current).isEmpty();
    supervisor.awaitState("UserService-2", SlotState.STOPPING);
    supervisor.ends("UserService-2", standIn, 143);

    awaitRollout(Rollout.State.DONE);
    assertThat(supervisor.current).containsEntry("UserService", NEW);
    assertThat(supervisor.versions.of("UserService-1")).as("from the file now").isEmpty();
  }

  @Test
  void aFirstNewProcessThatFailsChangesNothing() {
    FakeProcess old = supervisor.run("UserService-1");
    deploy(false);

    supervisor.launch("UserService-2").succeeds().ends(1);

    Rollout rollout = awaitRollout(Rollout.State.FAILED);
    assertThat(rollout.text()).contains(NEW, "0 of 1 replaced: UserService-2", "exit code 1");
    assertThat(old.moreOrders()).isEmpty();
    assertThat(supervisor.current).isEmpty();
    assertThat(supervisor.versions.of("UserService-2")).isEmpty();
  }

  @Test
  void aLaterNewProcessThatFailsGivesWayToTheOldVersion() {
    FakeProcess old = supervisor.run("UserService-1");
    deploy(false);
    FakeProcess standIn = supervisor.run("UserService-2");
    supervisor.awaitState("UserService-1", SlotState.STOPPING);
    supervisor.ends("UserService-1", old, 143);

    supervisor.launch("UserService-1").succeeds().ends(1);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> supervisor.versions.of("UserService-1").isEmpty());
    assertThat(standIn.moreOrders()).as("it serves until the old version does").isEmpty();
    // The launch that had begun may be of the new version.
    FakeProcess doubtful = supervisor.launch("UserService-1").succeeds();
    supervisor.awaitState("UserService-1", SlotState.STOPPING);
    supervisor.ends("UserService-1", doubtful, 143);
    supervisor.run("UserService-1");
    supervisor.awaitState("UserService-2", SlotState.STOPPING);
    supervisor.ends("UserService-2", standIn, 143);
    Rollout rollout = awaitRollout(Rollout.State.FAILED);
    assertThat(rollout.text())
        .contains("0 of 1 replaced: UserService-1", "All processes run the version from before");
    assertThat(supervisor.current).isEmpty();
  }

  @Test
  void allAtOnceNeedsNoOtherSlot() {
    FakeProcess old = supervisor.run("UserService-1");
    deploy(true);

    supervisor.awaitState("UserService-1", SlotState.STOPPING);
    supervisor.ends("UserService-1", old, 143);
    supervisor.run("UserService-1");

    awaitRollout(Rollout.State.DONE);
    assertThat(supervisor.current).containsEntry("UserService", NEW);
  }

  @Test
  void ofTwoAtATimeTheSecondIsRefused() {
    supervisor.run("UserService-1");
    deploy(false);

    assertThat(supervisor.execute(new OperatorCommands.Deploy("UserService", NEW, false)))
        .isInstanceOfSatisfying(
            OperatorCommands.Refused.class,
            refused -> assertThat(refused.why()).contains("UserService is being deployed"));
    assertThat(supervisor.restart("UserService-1")).isInstanceOf(OperatorCommands.Refused.class);
    assertThat(supervisor.execute(new OperatorCommands.Deploy("Nobody", NEW, false)))
        .isInstanceOf(OperatorCommands.UnknownTarget.class);
  }

  private void deploy(boolean atOnce) {
    assertThat(supervisor.execute(new OperatorCommands.Deploy("UserService", NEW, atOnce)))
        .isInstanceOf(OperatorCommands.Begun.class);
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
