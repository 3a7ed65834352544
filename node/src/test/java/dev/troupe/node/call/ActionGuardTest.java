package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.DeathCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ActionGuardTest {
  private static final ActorTestKit KIT = TestKits.realTime();
  private static final long SECOND = 1_000_000_000;
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final ActionGuard guard = new ActionGuard("Echo", PAUSE);
  private final ActorRef<ServiceRequest> nowhere = KIT.<ServiceRequest>createTestProbe().ref();
  private final ActorRef<ServiceReply> nobody = KIT.<ServiceReply>createTestProbe().ref();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void whatAClientSendsAgainAfterAProcessDiedOfItSuspendsItsAction() {
    assertThat(guard.died(sent("crash", "{}", "Echo-1", 0), 0)).isFalse();

    assertThat(guard.died(sent("crash", "{}", "Echo-2", 2 * SECOND), 3 * SECOND)).isTrue();

    assertThat(guard.enter(call("crash", "{}"), 3 * SECOND))
        .isEqualTo(
            new ActionGuard.Refusal(
                "crash of Echo is suspended: Echo-1 and Echo-2 died with the same request in hand",
                PAUSE));
    assertThat(guard.enter(call("echo", "{}"), 3 * SECOND)).as("others are called").isNull();
  }

  @Test
  void anotherRequestOfTheActionIsNotTheSame() {
    guard.died(sent("crash", "{\"a\":1}", "Echo-1", 0), 0);

    assertThat(guard.died(sent("crash", "{\"a\":2}", "Echo-2", 2 * SECOND), 3 * SECOND)).isFalse();
  }

  @Test
  void anAnswerInBetweenShowsThatItWasNotTheRequest() {
    guard.died(sent("echo", "{}", "Echo-1", 0), 0);
    guard.answered(sent("echo", "{}", "Echo-2", SECOND));

    assertThat(guard.died(sent("echo", "{}", "Echo-2", 2 * SECOND), 3 * SECOND)).isFalse();
  }

  @Test
  void processesThatAreKilledTogetherDidNotDieOfTheSame() {
    died("Echo-1", DeathCause.UNKNOWN, 0);

    assertThat(died("Echo-2", DeathCause.UNKNOWN, SECOND / 10)).isFalse();
    assertThat(died("Echo-3", DeathCause.UNKNOWN, 2 * SECOND)).isTrue();
  }

  @Test
  void processesThatEndByThemselvesAtOnceOneAfterTheOtherDiedOfTheSame() {
    died("Echo-1", DeathCause.ITSELF, 0);

    assertThat(died("Echo-2", DeathCause.ITSELF, SECOND / 10)).isTrue();
  }

  @Test
  void whatWasSentBeforeTheFirstDeathIsNoSecondTry() {
    died("Echo-1", DeathCause.ITSELF, SECOND);

    assertThat(died("Echo-2", DeathCause.ITSELF, SECOND / 2)).isFalse();
  }

  @Test
  void processesThatSomebodyKillsSuspendNothingHoweverOften() {
    for (int kill = 0; kill < 10; kill++) {
      assertThat(died("Echo-1", DeathCause.OTHERS, 2L * kill * SECOND)).isFalse();
    }
    assertThat(died("Echo-2", DeathCause.ITSELF, 30 * SECOND)).as("the first").isFalse();
  }

  @Test
  void aProbeWhoseProcessSomebodyKillsMakesWayForTheNext() {
    suspend();
    PendingCall probe = call("crash", "{}");
    assertThat(guard.enter(probe, 40 * SECOND)).isNull();
    probe.goesTo(target("Echo-3", DeathCause.OTHERS), 1, nobody, 40 * SECOND);

    assertThat(guard.died(probe, 41 * SECOND)).isFalse();
    guard.left(probe);

    assertThat(guard.enter(call("crash", "{}"), 41 * SECOND)).isNull();
  }

  @Test
  void aProcessThatDiesWithManyOfTheSameIsOneDeath() {
    InstanceHandle target = target("Echo-1", DeathCause.ITSELF);
    for (int call = 0; call < 5; call++) {
      assertThat(guard.died(sent("echo", "{}", target, 2L * call * SECOND), 0)).isFalse();
    }
  }

  @Test
  void aDeathOfLongAgoIsForgotten() {
    guard.died(sent("echo", "{}", "Echo-1", 0), 0);

    assertThat(guard.died(sent("echo", "{}", "Echo-2", 600 * SECOND), 600 * SECOND)).isFalse();
    assertThat(guard.died(sent("echo", "{}", "Echo-3", 602 * SECOND), 603 * SECOND)).isTrue();
  }

  @Test
  void aProbeThatIsNotAnsweredMakesWayForTheNext() {
    suspend();
    PendingCall probe = call("crash", "{}");
    assertThat(guard.enter(probe, 40 * SECOND)).isNull();
    assertThat(guard.enter(call("crash", "{}"), 40 * SECOND)).isNotNull();

    guard.left(probe);

    PendingCall next = call("crash", "{}");
    assertThat(guard.enter(next, 40 * SECOND)).isNull();
    assertThat(guard.answered(next)).isTrue();
    assertThat(guard.report(40 * SECOND)).isEmpty();
    assertThat(guard.enter(call("crash", "{}"), 40 * SECOND)).isNull();
  }

  @Test
  void anAnswerToAnEarlierCallIsNoProbe() {
    suspend();

    assertThat(guard.answered(sent("crash", "{}", "Echo-3", 0))).isFalse();
    assertThat(guard.enter(call("crash", "{}"), 4 * SECOND)).isNotNull();
    assertThat(guard.report(4 * SECOND).get(0).slots()).isEqualTo(List.of("Echo-1", "Echo-2"));
  }

  private void suspend() {
    guard.died(sent("crash", "{}", "Echo-1", 0), 0);
    assertThat(guard.died(sent("crash", "{}", "Echo-2", 2 * SECOND), 3 * SECOND)).isTrue();
  }

  private boolean died(String slot, DeathCause death, long sentAtNanos) {
    return guard.died(sent("echo", "{}", target(slot, death), sentAtNanos), sentAtNanos);
  }

  private PendingCall sent(String action, String data, String slot, long atNanos) {
    return sent(action, data, target(slot, DeathCause.ITSELF), atNanos);
  }

  private InstanceHandle target(String slot, DeathCause death) {
    InstanceHandle target = new InstanceHandle(slot, "pekko://troupe@127.0.0.1:25001", nowhere);
    target.died(death);
    return target;
  }

  private PendingCall sent(String action, String data, InstanceHandle target, long atNanos) {
    PendingCall pending = call(action, data);
    pending.goesTo(target, 1, nobody, atNanos);
    return pending;
  }

  private static PendingCall call(String action, String data) {
    OutboundCall call =
        new OutboundCall(
            "r1",
            "Echo",
            action,
            false,
            Map.of(),
            Map.of(),
            JsonBytes.of(data),
            Deadline.NEVER,
            null,
            null,
            null);
    PendingCall pending = new PendingCall(call, new CompletableFuture<>());
    pending.begin(1, CallTimes.of(call, Duration.ofHours(1), Duration.ofHours(1), 0));
    return pending;
  }
}
