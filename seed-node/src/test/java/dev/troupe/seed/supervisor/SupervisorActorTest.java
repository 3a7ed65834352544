package dev.troupe.seed.supervisor;

import static dev.troupe.seed.process.FakeProcess.Order.KILL;
import static dev.troupe.seed.process.FakeProcess.Order.TERMINATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.StopResult;
import dev.troupe.seed.RegistryViews;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.adoption.SavedState.SavedSlot;
import dev.troupe.seed.process.FakeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisorActorTest {
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
  void whatNeedsNothingIsLaunchedAtOnceAndTheRestSaysWhatItWaitsFor() {
    supervisor.launch("UserService-1");
    supervisor.launch("gateway-1");

    SlotStatus order = supervisor.status("OrderService-1");
    assertThat(order.state()).isEqualTo(SlotState.PENDING);
    assertThat(order.reason()).isEqualTo("waits for UserService");
    assertThat(supervisor.isIdle()).isTrue();
  }

  @Test
  void aServiceIsLaunchedWhenWhatItNeedsRuns() {
    FakeProcess user = supervisor.launch("UserService-1").succeeds();
    supervisor.launch("gateway-1");
    supervisor.awaitState("UserService-1", SlotState.LAUNCHING);
    assertThat(supervisor.isIdle()).isTrue();

    supervisor.becomesReady("UserService-1", 1, user);

    assertThat(supervisor.run("OrderService-1").address()).isNotEqualTo(user.address());
  }

  @Test
  void aDependentLivesOnWhenWhatItNeedsDies() {
    FakeProcess user = supervisor.run("UserService-1");
    FakeProcess order = supervisor.run("OrderService-1");

    supervisor.ends("UserService-1", user, 137);

    assertThat(supervisor.launch("UserService-1").generation()).isEqualTo(2);
    assertThat(supervisor.status("OrderService-1").state()).isEqualTo(SlotState.RUNNING);
    assertThat(order.moreOrders()).isEmpty();
    assertThat(supervisor.cluster.confirmedDead()).containsExactly(user.address());
  }

  @Test
  void aProcessThatBecomesAMemberAfterItsEndIsDeclaredDeadAgain() {
    FakeProcess user = supervisor.run("UserService-1");
    supervisor.ends("UserService-1", user, 137);
    supervisor.launch("UserService-1");
    await().until(() -> supervisor.cluster.confirmedDead().size() == 1);

    supervisor.showCluster(
        RegistryViews.unreachable(RegistryViews.member("UserService", user.address(), "Joining")));

    await()
        .untilAsserted(
            () ->
                assertThat(supervisor.cluster.confirmedDead())
                    .hasSizeGreaterThan(1)
                    .containsOnly(user.address()));
  }

  @Test
  void theStatusHasTheSeedTheGatewayAndTheServicesInStartOrder() {
    assertThat(supervisor.status().slots())
        .extracting(SlotStatus::slot)
        .containsExactly("seed-1", "gateway-1", "UserService-1", "OrderService-1");
    assertThat(supervisor.status().gateway()).isNull();

    supervisor.run("gateway-1");

    assertThat(supervisor.status().gateway()).isEqualTo("http://127.0.0.1:5000");
  }

  @Test
  void whatRunsIsSavedForTheNextSeedNode() {
    FakeProcess user = supervisor.run("UserService-1");

    SavedSlot expected =
        new SavedSlot("UserService-1", 1, user.pid(), Instant.EPOCH, null, user.address(), true);
    await()
        .untilAsserted(
            () -> {
              SavedState saved = supervisor.lastSaved();
              assertThat(saved.slots()).contains(expected);
              assertThat(saved.generations()).containsEntry("UserService-1", 1);
            });
  }

  @Test
  void aProcessThatHasNotJoinedIsSavedAsSuch() {
    FakeProcess user = supervisor.launch("UserService-1").succeeds();

    await()
        .untilAsserted(
            () ->
                assertThat(supervisor.lastSaved().slots())
                    .filteredOn(slot -> slot.pid() == user.pid())
                    .singleElement()
                    .returns(false, SavedSlot::joined));
  }

  @Test
  void whatASlotSaysReachesTheJournal() {
    FakeProcess user = supervisor.run("UserService-1");

    await()
        .untilAsserted(
            () ->
                assertThat(supervisor.lastJournaled())
                    .returns(SlotState.RUNNING, SlotStatus::state)
                    .returns(user.pid(), SlotStatus::pid));
  }

  @Test
  void oneSlotIsRestartedByItsName() {
    FakeProcess user = supervisor.run("UserService-1");

    assertThat(supervisor.restart("UserService-1"))
        .isEqualTo(new OperatorCommands.Begun(List.of("UserService-1"), 0));

    assertThat(user.nextOrder()).isEqualTo(TERMINATE);
    supervisor.ends("UserService-1", user, 143);
    assertThat(supervisor.launch("UserService-1").generation()).isEqualTo(2);
  }

  @Test
  void allSlotsOfAServiceAreRestartedByTheServicesName() {
    supervisor.close();
    supervisor =
        new SupervisorFixture(KIT, home, "troupe.services.UserService { class = a, instances = 2 }")
            .start();
    FakeProcess first = supervisor.run("UserService-1");
    FakeProcess second = supervisor.run("UserService-2");

    assertThat(supervisor.restart("UserService"))
        .isEqualTo(new OperatorCommands.Begun(List.of("UserService-1", "UserService-2"), 0));

    assertThat(first.nextOrder()).isEqualTo(TERMINATE);
    assertThat(second.nextOrder()).isEqualTo(TERMINATE);
  }

  @Test
  void anUnknownTargetIsAnsweredWithTheKnownOnes() {
    assertThat(supervisor.restart("UserServce"))
        .isEqualTo(
            new OperatorCommands.UnknownTarget(
                List.of(
                    "OrderService",
                    "OrderService-1",
                    "UserService",
                    "UserService-1",
                    "gateway",
                    "gateway-1")));
  }

  @Test
  void everythingStopsInOrder() {
    FakeProcess user = supervisor.run("UserService-1");
    FakeProcess order = supervisor.run("OrderService-1");
    FakeProcess gateway = supervisor.run("gateway-1");

    TestProbe<StopResult> stopped = supervisor.stopAll();

    assertThat(gateway.nextOrder()).isEqualTo(TERMINATE);
    assertThat(order.moreOrders()).isEmpty();
    supervisor.ends("gateway-1", gateway, 143);
    assertThat(order.nextOrder()).isEqualTo(TERMINATE);
    assertThat(user.moreOrders()).isEmpty();
    supervisor.ends("OrderService-1", order, 143);
    assertThat(user.nextOrder()).isEqualTo(TERMINATE);
    stopped.expectNoMessage(Duration.ofMillis(50));
    supervisor.ends("UserService-1", user, 143);
    stopped.receiveMessage();
    assertThat(supervisor.isIdle()).isTrue();
  }

  @Test
  void nothingIsLaunchedOrRestartedOnceEverythingStops() {
    FakeProcess user = supervisor.run("UserService-1");
    FakeProcess order = supervisor.run("OrderService-1");
    supervisor.run("gateway-1").ends(143);
    assertThat(supervisor.launch("gateway-1").generation()).isEqualTo(2);

    supervisor.stopAll();

    assertThat(supervisor.restart("UserService-1")).isInstanceOf(OperatorCommands.Refused.class);
    assertThat(user.moreOrders()).isEmpty();
    assertThat(order.moreOrders()).as("the gateway is still being launched").isEmpty();
  }

  @Test
  void aProcessThatWasToBeReplacedHasNoSuccessorOnceEverythingStops() {
    FakeProcess user = supervisor.run("UserService-1");
    FakeProcess order = supervisor.run("OrderService-1");
    FakeProcess gateway = supervisor.run("gateway-1");
    supervisor.restart("UserService-1");
    assertThat(user.nextOrder()).isEqualTo(TERMINATE);
    supervisor.awaitState("UserService-1", SlotState.STOPPING);

    TestProbe<StopResult> stopped = supervisor.stopAll();
    supervisor.awaitState("gateway-1", SlotState.STOPPING);
    supervisor.ends("UserService-1", user, 143);
    assertThat(gateway.nextOrder()).isEqualTo(TERMINATE);
    supervisor.ends("gateway-1", gateway, 143);
    assertThat(order.nextOrder()).isEqualTo(TERMINATE);
    supervisor.ends("OrderService-1", order, 143);

    stopped.receiveMessage();
    assertThat(supervisor.isIdle()).isTrue();
  }

  @Test
  void whatHasNotStartedNeedsNoStop() {
    FakeProcess user = supervisor.launch("UserService-1").succeeds();
    FakeProcess gateway = supervisor.launch("gateway-1").succeeds();

    TestProbe<StopResult> stopped = supervisor.stopAll();

    assertThat(gateway.nextOrder()).isEqualTo(TERMINATE);
    gateway.ends(143);
    assertThat(user.nextOrder()).isEqualTo(TERMINATE);
    user.ends(143);
    stopped.receiveMessage();
    assertThat(supervisor.isIdle()).isTrue();
  }

  @Test
  void whoGotKillIsNamedWhenEverythingHasStoppedAndASecondStopJoinsTheFirst() {
    FakeProcess user = supervisor.run("UserService-1");
    FakeProcess order = supervisor.run("OrderService-1");
    FakeProcess gateway = supervisor.run("gateway-1");

    TestProbe<StopResult> first = supervisor.stopAll();
    assertThat(gateway.nextOrder()).isEqualTo(TERMINATE);
    TestProbe<StopResult> second = supervisor.stopAll();
    supervisor.ends("gateway-1", gateway, 143);
    assertThat(order.nextOrder()).isEqualTo(TERMINATE);
    supervisor.ends("OrderService-1", order, 143);
    assertThat(user.nextOrder()).isEqualTo(TERMINATE);
    supervisor.passes(supervisor.drainAndGrace());
    assertThat(user.nextOrder()).isEqualTo(KILL);
    supervisor.ends("UserService-1", user, 137);

    StopResult result = first.receiveMessage();
    assertThat(result.killed()).containsExactly("UserService-1 (pid %d)".formatted(user.pid()));
    assertThat(result.stopped())
        .containsExactlyInAnyOrder(
            "gateway-1 (pid %d)".formatted(gateway.pid()),
            "OrderService-1 (pid %d)".formatted(order.pid()));
    assertThat(result.remaining()).isEmpty();
    assertThat(second.receiveMessage()).isEqualTo(result);
  }
}
