package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.DeathCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

final class ActionSuspensionsTest {
  private static final long SECOND = 1_000_000_000;
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final ActionSuspensions suspensions = new ActionSuspensions("Echo", PAUSE);
  private final ActorRef<ServiceRequest> nowhere = TestInbox.<ServiceRequest>create().getRef();
  private final ActorRef<ServiceReply> nobody = TestInbox.<ServiceReply>create().getRef();

  @Test
  void whatAClientSendsAgainAfterAProcessDiedOfItSuspendsItsAction() {
    assertThat(suspensions.onProcessDied(sent("crash", "{}", "Echo-1", 0), 0)).isNull();

    assertThat(suspensions.onProcessDied(sent("crash", "{}", "Echo-2", 2 * SECOND), 3 * SECOND))
        .isNotNull();

    assertThat(suspensions.admit(call("crash", "{}"), 3 * SECOND))
        .isEqualTo(
            new Refusal(
                "crash of Echo is suspended: Echo-1 and Echo-2 died with the same request in hand",
                PAUSE));
    assertThat(suspensions.admit(call("echo", "{}"), 3 * SECOND)).as("others are called").isNull();
  }

  @Test
  void anotherRequestOfTheActionIsNotTheSame() {
    suspensions.onProcessDied(sent("crash", "{\"a\":1}", "Echo-1", 0), 0);

    assertThat(
            suspensions.onProcessDied(sent("crash", "{\"a\":2}", "Echo-2", 2 * SECOND), 3 * SECOND))
        .isNull();
  }

  @Test
  void anAnswerInBetweenShowsThatItWasNotTheRequest() {
    suspensions.onProcessDied(sent("echo", "{}", "Echo-1", 0), 0);
    suspensions.onAnswered(sent("echo", "{}", "Echo-2", SECOND));

    assertThat(suspensions.onProcessDied(sent("echo", "{}", "Echo-2", 2 * SECOND), 3 * SECOND))
        .isNull();
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
    assertThat(suspensions.admit(probe, 40 * SECOND)).isNull();
    send(probe, instance("Echo-3", DeathCause.OTHERS), 40 * SECOND);

    assertThat(suspensions.onProcessDied(probe, 41 * SECOND)).isNull();
    suspensions.onEnded(probe);

    assertThat(suspensions.admit(call("crash", "{}"), 41 * SECOND)).isNull();
  }

  @Test
  void aProcessThatDiesWithManyOfTheSameIsOneDeath() {
    InstanceHandle instance = instance("Echo-1", DeathCause.ITSELF);
    for (int call = 0; call < 5; call++) {
      assertThat(suspensions.onProcessDied(sent("echo", "{}", instance, 2L * call * SECOND), 0))
          .isNull();
    }
  }

  @Test
  void aDeathOfLongAgoIsForgotten() {
    suspensions.onProcessDied(sent("echo", "{}", "Echo-1", 0), 0);

    assertThat(suspensions.onProcessDied(sent("echo", "{}", "Echo-2", 600 * SECOND), 600 * SECOND))
        .isNull();
    assertThat(suspensions.onProcessDied(sent("echo", "{}", "Echo-3", 602 * SECOND), 603 * SECOND))
        .isNotNull();
  }

  @Test
  void aProbeThatIsNotAnsweredMakesWayForTheNext() {
    suspend();
    PendingCall probe = call("crash", "{}");
    assertThat(suspensions.admit(probe, 40 * SECOND)).isNull();
    assertThat(suspensions.admit(call("crash", "{}"), 40 * SECOND)).isNotNull();

    suspensions.onEnded(probe);

    PendingCall next = call("crash", "{}");
    assertThat(suspensions.admit(next, 40 * SECOND)).isNull();
    assertThat(suspensions.onAnswered(next)).isTrue();
    assertThat(suspensions.report(40 * SECOND)).isEmpty();
    assertThat(suspensions.admit(call("crash", "{}"), 40 * SECOND)).isNull();
  }

  @Test
  void anAnswerToAnEarlierCallIsNoProbe() {
    suspend();

    assertThat(suspensions.onAnswered(sent("crash", "{}", "Echo-3", 0))).isFalse();
    assertThat(suspensions.admit(call("crash", "{}"), 4 * SECOND)).isNotNull();
    assertThat(suspensions.report(4 * SECOND).get(0).slots())
        .isEqualTo(List.of("Echo-1", "Echo-2"));
  }

  private void suspend() {
    suspensions.onProcessDied(sent("crash", "{}", "Echo-1", 0), 0);
    assertThat(suspensions.onProcessDied(sent("crash", "{}", "Echo-2", 2 * SECOND), 3 * SECOND))
        .isNotNull();
  }

  private boolean died(String slot, DeathCause death, long sentAtNanos) {
    return suspensions.onProcessDied(
            sent("echo", "{}", instance(slot, death), sentAtNanos), sentAtNanos)
        != null;
  }

  private PendingCall sent(String action, String data, String slot, long atNanos) {
    return sent(action, data, instance(slot, DeathCause.ITSELF), atNanos);
  }

  private InstanceHandle instance(String slot, DeathCause death) {
    InstanceHandle instance = new InstanceHandle(slot, "pekko://troupe@127.0.0.1:25001", nowhere);
    instance.markDead(death);
    return instance;
  }

  private PendingCall sent(String action, String data, InstanceHandle instance, long atNanos) {
    PendingCall call = call(action, data);
    send(call, instance, atNanos);
    return call;
  }

  private void send(PendingCall call, InstanceHandle instance, long atNanos) {
    call.assign(instance);
    assertThat(call.startRequest(1, nobody, atNanos).action()).isEqualTo(call.outbound().action());
  }

  private static PendingCall call(String action, String data) {
    OutboundCall call =
        new OutboundCall(
            "r1",
            "Echo",
            action,
            false,
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.of(data),
            Deadline.NEVER,
            null,
            null,
            null);
    return Calls.pending(call);
  }
}
