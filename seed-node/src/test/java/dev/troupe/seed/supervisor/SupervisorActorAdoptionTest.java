package dev.troupe.seed.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.RegistryViews;
import dev.troupe.seed.TestKits;
import dev.troupe.seed.process.FakeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisorActorAdoptionTest {
  private static final ActorTestKit KIT = TestKits.manualTime();
  private static final Duration ADOPTION_TIMEOUT = Duration.ofSeconds(8);
  private static final String GONE = "pekko://troupe@127.0.0.1:24999";

  private final FakeProcess user = new FakeProcess(10_000_501, "pekko://troupe@127.0.0.1:25501");
  private final FakeProcess gateway = new FakeProcess(10_000_502, "pekko://troupe@127.0.0.1:25502");

  @TempDir private Path home;
  private SupervisorFixture supervisor;

  @BeforeEach
  void start() {
    supervisor = new SupervisorFixture(KIT, home, SupervisorFixture.SETTINGS);
    supervisor.cluster.lives(user.pid());
    supervisor.cluster.lives(gateway.pid());
    supervisor.start(
        new RecoveredState(
            Map.of("UserService-1", user, "gateway-1", gateway),
            Map.of("UserService-1", 4, "gateway-1", 2, "OrderService-1", 9),
            Set.of(GONE),
            List.of()));
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
  void whatRunsIsAdoptedAndTheRestIsLaunched() {
    supervisor.becomesReady("UserService-1", 4, user);
    supervisor.becomesReady("gateway-1", 2, gateway);

    assertThat(supervisor.launch("OrderService-1").generation()).isEqualTo(10);

    SlotStatus adopted = supervisor.status("UserService-1");
    assertThat(adopted.pid()).isEqualTo(user.pid());
    assertThat(adopted.generation()).isEqualTo(4);
    assertThat(user.moreOrders()).isEmpty();
    assertThat(supervisor.isIdle()).isTrue();
  }

  @Test
  void inTheLivingClusterNoneIsFormed() {
    supervisor.becomesReady("UserService-1", 4, user);

    ManualTime.get(KIT.system()).timePasses(ADOPTION_TIMEOUT);

    assertThat(supervisor.status("UserService-1").state()).isEqualTo(SlotState.RUNNING);
    assertThat(supervisor.cluster.timesFormed()).isZero();
    assertThat(user.moreOrders()).isEmpty();
  }

  @Test
  void whileNoClusterAnswersNobodyIsJudgedKilledOrLaunchedHoweverLongItTakes() {
    ManualTime.get(KIT.system()).timePasses(Duration.ofHours(1));

    SlotStatus waiting = supervisor.status("UserService-1");
    assertThat(waiting.state()).isEqualTo(SlotState.LAUNCHING);
    assertThat(waiting.reason()).contains("once this seed node is in its cluster");
    assertThat(user.moreOrders()).isEmpty();
    assertThat(gateway.moreOrders()).isEmpty();
    assertThat(supervisor.cluster.timesFormed()).isZero();
    assertThat(supervisor.isIdle()).isTrue();
  }

  @Test
  void onlyWhenEveryAdoptedProcessHasEndedIsAClusterFormed() {
    user.ends(null);
    assertThat(supervisor.launch("UserService-1").generation()).isEqualTo(5);
    assertThat(supervisor.cluster.timesFormed()).as("the gateway may be in one").isZero();

    gateway.ends(null);

    await().until(() -> supervisor.cluster.timesFormed() == 1);
    assertThat(supervisor.launch("gateway-1").generation()).isEqualTo(3);
  }

  @Test
  void theDeadOfTheTimeWithoutASeedNodeAreBuried() {
    supervisor.showCluster(
        RegistryViews.member("OrderService", GONE, "Up"),
        RegistryViews.member("seed", "pekko://troupe@127.0.0.1:24998", "Up"));

    await()
        .untilAsserted(
            () ->
                assertThat(supervisor.cluster.confirmedDead())
                    .containsExactlyInAnyOrder(GONE, "pekko://troupe@127.0.0.1:24998"));
  }

  @Test
  void anAdoptedProcessIsNeverTakenForDead() {
    supervisor.becomesReady("UserService-1", 4, user);

    assertThat(supervisor.status("UserService-1").state()).isEqualTo(SlotState.RUNNING);
    assertThat(supervisor.cluster.confirmedDead()).isEqualTo(List.of());
  }
}
