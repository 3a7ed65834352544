package dev.troupe.node.call;

import static dev.troupe.node.call.RouterFixture.replyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of calls whose instance is lost, silent, leaving or has too much to do. */
final class RouterActorFailoverTest {
  private static final ActorTestKit KIT = TestKits.realTime();

  private final RouterFixture router = new RouterFixture(KIT, Calls.room(10, 1000));
  private final FakeEndpoint first = router.endpoint("Echo-1");
  private final FakeEndpoint second = router.endpoint("Echo-2");
  private final FakeEndpoint third = router.endpoint("Echo-3");

  @AfterEach
  void stop() {
    router.close();
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void anIdempotentCallMovesOnWhenItsInstanceIsLost() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.read("r1");
    ServiceRequest lost = first.takes();

    router.show(second.ready());

    ServiceRequest again = second.answers(ReplyStatus.OK);
    assertThat(again.requestId()).isEqualTo("r1");
    assertThat(again.correlationId()).isNotEqualTo(lost.correlationId());
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void anIdempotentCallWaitsForTheReplacementOfItsLostInstance() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.read("r1");
    first.takes();

    router.show();
    router.settle();
    assertThat(call).isNotDone();
    router.show(second.ready());

    second.answers(ReplyStatus.OK);
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void aWriteWithAnIdempotencyKeyIsSentAgainWithItsKey() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.keyedWrite("r1", "k1");
    assertThat(first.takes().idempotencyKey()).isEqualTo("k1");

    router.show();
    router.settle();
    assertThat(call).isNotDone();
    router.show(second.ready());

    assertThat(second.answers(ReplyStatus.CREATED).idempotencyKey()).isEqualTo("k1");
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.CREATED);
  }

  @Test
  void anyOtherCallFailsAtOnceAndNamesTheLostInstance() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.write("r1");
    first.takes();

    router.show(second.ready());

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(replyOf(call).message())
        .isEqualTo(
            "Echo-1 was lost while it had this request; whether it did the work is unknown:"
                + " look before sending it again");
    router.settle();
    second.hasNoMore();
  }

  @Test
  void whatALostInstanceStillAnswersIsForgotten() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.read("r1");
    ServiceRequest lost = first.takes();
    router.show(second.ready());
    ServiceRequest again = second.takes();

    FakeEndpoint.answer(lost, ReplyStatus.CONFLICT);
    router.settle();
    assertThat(call).isNotDone();

    FakeEndpoint.answer(again, ReplyStatus.OK);
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void aProcessThatComesBackAtTheSameAddressIsAnotherOne() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> read = router.read("r1");
    CompletableFuture<ServiceReply> write = router.write("r2");
    first.takes();
    first.takes();

    router.show(second.ready().at(first.ready().address()));

    assertThat(second.answers(ReplyStatus.OK).requestId()).isEqualTo("r1");
    assertThat(replyOf(read).status()).isEqualTo(ReplyStatus.OK);
    assertThat(replyOf(write).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    router.send("r3");
    assertThat(second.takes().requestId()).isEqualTo("r3");
  }

  @Test
  void aCallThatEndsEveryInstanceItReachesIsSentTwiceOnlyAndItsActionIsSuspended() {
    CompletableFuture<ServiceReply> call = poison();

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(replyOf(call).message())
        .isEqualTo(
            "Echo-1 and Echo-2 died while they had this request, which is not sent a third time;"
                + " look at their logs");
    ServiceReply refused = replyOf(router.write("next"));
    assertThat(refused.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(refused.message())
        .isEqualTo(
            "echo of Echo is suspended: Echo-1 and Echo-2 died with the same request in hand;"
                + " try again later");
    assertThat(refused.headers()).isEqualTo(Map.of(ServiceReply.RETRY_AFTER, "30"));
    router.settle();
    third.hasNoMore();
    CallReport report = router.awaitReport(now -> !now.suspendedActions().isEmpty());
    assertThat(report.suspendedActions())
        .containsExactly(
            new CallReport.SuspendedAction("echo", List.of("Echo-1", "Echo-2"), 30, 1));
  }

  @Test
  void oneCallAtATimeTriesASuspendedActionAndItsAnswerEndsTheSuspension() {
    replyOf(poison());
    router.pass(Calls.SUSPENDED_FOR);

    CompletableFuture<ServiceReply> probe = router.read("probe");
    ServiceRequest taken = third.takes();
    assertThat(replyOf(router.read("refused")).message()).contains("one call tries it now");
    FakeEndpoint.answer(taken, ReplyStatus.NOT_FOUND);

    assertThat(replyOf(probe).status()).isEqualTo(ReplyStatus.NOT_FOUND);
    router.send("r2");
    third.answers(ReplyStatus.OK);
    router.awaitReport(report -> report.suspendedActions().isEmpty());
  }

  @Test
  void aProbeThatEndsItsProcessIsNotSentAgain() {
    replyOf(poison());
    router.pass(Calls.SUSPENDED_FOR);
    CompletableFuture<ServiceReply> probe = router.read("probe");
    third.takes();
    FakeEndpoint fourth = router.endpoint("Echo-4");

    router.show(fourth.ready());

    assertThat(replyOf(probe).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(replyOf(router.read("next")).message()).contains("suspended: Echo-3 died");
    router.settle();
    fourth.hasNoMore();
  }

  @Test
  void whatWaitsForAReplacementIsRefusedWhenItsActionIsSuspended() {
    router.show(first.ready());
    router.send("poison");
    first.takes();
    router.show(second.ready());
    second.takes();
    router.show(second.ready().saying(InstanceState.DRAINING));
    CompletableFuture<ServiceReply> waits = router.read("waits");
    router.settle();

    router.show();

    assertThat(replyOf(waits).message()).contains("echo of Echo is suspended");
  }

  @Test
  void killsOfWhatIsAnsweredOtherwiseSuspendNothing() {
    for (int kill = 1; kill <= 10; kill++) {
      FakeEndpoint victim = router.endpoint("Echo-1");
      FakeEndpoint heir = router.endpoint("Echo-1");
      router.show(victim.ready());
      List<CompletableFuture<ServiceReply>> reads = new ArrayList<>();
      for (int call = 1; call <= 5; call++) {
        reads.add(router.read("r" + call));
        victim.takes();
      }
      CompletableFuture<ServiceReply> write = router.write("w");
      victim.takes();
      router.pass(Duration.ofSeconds(3));
      router.show(heir.ready());
      for (int call = 1; call <= 5; call++) {
        heir.answers(ReplyStatus.OK);
      }
      reads.forEach(read -> assertThat(replyOf(read).status()).isEqualTo(ReplyStatus.OK));
      assertThat(replyOf(write).message()).contains("was lost while it had this request");
    }
  }

  @Test
  void aServiceThatIsKilledAsAWholeTwiceIsNotSuspended() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> read = router.read("r1");
    first.takes();
    router.settleAndPass(Duration.ofSeconds(3));
    router.show(DeathCause.OTHERS, second.ready());
    second.takes();
    router.settleAndPass(Duration.ofSeconds(3));

    router.show(DeathCause.OTHERS, third.ready());

    assertThat(replyOf(read).message()).contains("which is not sent a third time");
    CompletableFuture<ServiceReply> next = router.read("next");
    third.answers(ReplyStatus.OK);
    assertThat(replyOf(next).status()).isEqualTo(ReplyStatus.OK);
  }

  // It is in hand of two processes that die of it, one after the other.
  private CompletableFuture<ServiceReply> poison() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.read("poison");
    first.takes();
    router.show(second.ready());
    second.takes();
    router.show(third.ready());
    return call;
  }

  @Test
  void whatASilentInstanceHasMovesOnIfItMayBeDoneTwice() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> read = router.read("r1");
    CompletableFuture<ServiceReply> write = router.write("r2");
    first.takes();
    ServiceRequest slow = first.takes();

    router.show(first.ready().silent(), second.ready());

    assertThat(second.answers(ReplyStatus.OK).requestId()).isEqualTo("r1");
    assertThat(replyOf(read).status()).isEqualTo(ReplyStatus.OK);
    router.settle();
    second.hasNoMore();
    assertThat(write).as("it may only be slow").isNotDone();
    FakeEndpoint.answer(slow, ReplyStatus.CREATED);
    assertThat(replyOf(write).status()).isEqualTo(ReplyStatus.CREATED);
  }

  @Test
  void whatASilentInstanceHasStaysWhileNobodyElseIsReady() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.read("r1");
    ServiceRequest slow = first.takes();

    router.show(first.ready().silent());
    router.settle();
    assertThat(call).isNotDone();
    FakeEndpoint.answer(slow, ReplyStatus.OK);

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void anUnreachableInstanceIsSilentToo() {
    router.show(first.ready());
    router.send("r1");
    first.takes();

    router.show(first.ready().unreachable(), second.ready());

    assertThat(second.takes().requestId()).isEqualTo("r1");
  }

  @Test
  void whatADrainingInstanceHasTakenIsLeftToIt() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.read("r1");
    ServiceRequest taken = first.takes();

    router.show(first.ready().saying(InstanceState.DRAINING), second.ready());
    router.settle();
    second.hasNoMore();
    FakeEndpoint.answer(taken, ReplyStatus.OK);

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void whatALeavingInstanceDidNotTakeGoesToAnotherEvenIfItMayNotBeDoneTwice() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.write("r1");
    ServiceRequest refused = first.takes();
    router.show(first.ready(), second.ready());

    FakeEndpoint.answer(refused, ReplyStatus.NOT_TAKEN);

    assertThat(second.answers(ReplyStatus.CREATED).requestId()).isEqualTo("r1");
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.CREATED);
    router.send("r2");
    assertThat(second.takes().requestId()).as("the other one is leaving").isEqualTo("r2");
    first.hasNoMore();
  }

  @Test
  void whatTheOnlyInstanceDidNotTakeWaitsForItsReplacement() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.write("r1");
    first.answers(ReplyStatus.NOT_TAKEN);
    router.settle();
    router.show(first.ready());
    router.settle();
    first.hasNoMore();

    router.show(second.ready());

    second.answers(ReplyStatus.CREATED);
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.CREATED);
  }

  @Test
  void whatAnInstanceHasNoRoomForGoesToAnother() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.write("r1");
    ServiceRequest refused = first.takes();
    router.show(first.ready(), second.ready());

    FakeEndpoint.answer(refused, ReplyStatus.OVERLOADED);

    second.answers(ReplyStatus.CREATED);
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.CREATED);
  }

  @Test
  void whatNoInstanceHasRoomForIsRefusedAtOnce() {
    router.show(first.ready(), second.ready());
    CompletableFuture<ServiceReply> call = router.write("r1");
    CompletableFuture<ServiceReply> other = router.write("r2");

    first.answers(ReplyStatus.OVERLOADED);
    second.answers(ReplyStatus.OVERLOADED);
    first.answers(ReplyStatus.OVERLOADED);
    second.answers(ReplyStatus.OVERLOADED);

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OVERLOADED);
    assertThat(replyOf(other).status()).isEqualTo(ReplyStatus.OVERLOADED);
  }

  @Test
  void aCallThatEveryInstanceRefusedDoesNotHoldUpTheOthers() {
    router.show(first.ready());
    router.send("r1");
    first.answers(ReplyStatus.NOT_TAKEN);
    router.settle();
    router.send("r2");

    router.show(first.ready());

    assertThat(first.takes().requestId()).isEqualTo("r2");
  }
}
