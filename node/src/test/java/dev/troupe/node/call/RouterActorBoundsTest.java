package dev.troupe.node.call;

import static dev.troupe.node.call.RouterFixture.LONG;
import static dev.troupe.node.call.RouterFixture.replyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.settings.CallSettings;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many calls of a service there may be, when it is not called at all, and how often again. */
final class RouterActorBoundsTest {
  private static final ActorTestKit KIT = TestKits.realTime();

  private final List<RouterFixture> routers = new ArrayList<>();

  @AfterEach
  void stop() {
    routers.forEach(RouterFixture::close);
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void anInstanceMayTakeAsLongAsItsServiceIsAllowed() {
    RouterFixture router = router(Calls.within(Duration.ofMillis(50)));
    router.show(router.endpoint("Echo-1").ready());

    CompletableFuture<ServiceReply> call = router.read("r1");
    router.settleAndPass(Duration.ofMillis(50));

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.DEADLINE);
    assertThat(router.awaitReport(report -> report.timeout().reached() > 0).timeout())
        .isEqualTo(new CallReport.Timeout(50, 1));
  }

  @Test
  void whoIsRefusedAfterManyOthersIsToldLater() {
    RouterFixture router = router(Calls.atMost(0));
    for (int call = 1; call <= RouterFixture.REFUSED_AT_ONCE; call++) {
      assertThat(replyOf(router.read("r" + call)).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    }
    CompletableFuture<ServiceReply> held = router.read("held");
    router.settle();
    assertThat(held).isNotDone();

    router.pass(RouterFixture.REFUSAL_PAUSE);
    assertThat(replyOf(held).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
  }

  @Test
  void whoWaitsHasTheTimeOfTheWaitingRoom() {
    RouterFixture router =
        router(new WaitingRoomSettings(1, 10, Duration.ofMillis(50)), Calls.LENIENT);

    CompletableFuture<ServiceReply> call = router.read("r1");
    router.settleAndPass(Duration.ofMillis(50));

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    router.awaitReport(report -> report.waitingRoom().expired() == 1);
  }

  @Test
  void aServiceThatFailsIsLeftAloneUntilAProbeSucceeds() {
    RouterFixture router = router(Calls.nervous());
    FakeEndpoint first = router.endpoint("Echo-1");
    router.show(first.ready());
    breakTheService(router, first);

    ServiceReply refused = replyOf(router.read("refused"));
    assertThat(refused.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(refused.message())
        .isEqualTo(
            "Echo is not asked for a while: 4 of its last 4 calls failed (circuit breaker open);"
                + " try again later");
    assertThat(refused.headers()).isEqualTo(Map.of(ServiceReply.RETRY_AFTER, "10"));
    first.hasNoMore();

    router.pass(Calls.OPEN_FOR);
    CompletableFuture<ServiceReply> probe = router.read("probe");
    ServiceRequest taken = first.takes();
    assertThat(replyOf(router.read("refused")).message()).contains("(circuit breaker half-open)");
    FakeEndpoint.answer(taken, ReplyStatus.NOT_FOUND);

    assertThat(replyOf(probe).status()).isEqualTo(ReplyStatus.NOT_FOUND);
    router.send("r5");
    first.answers(ReplyStatus.OK);
    CallReport report =
        router.awaitReport(now -> now.circuitBreaker().state() == BreakerState.CLOSED);
    assertThat(report.circuitBreaker().opened()).isEqualTo(1);
    assertThat(report.circuitBreaker().refused()).isEqualTo(2);
  }

  @Test
  void callsThatAreNotAnsweredInTimeOpenTheBreakerToo() {
    RouterFixture router = router(Calls.nervous());
    FakeEndpoint first = router.endpoint("Echo-1");
    router.show(first.ready());
    for (int call = 1; call <= 4; call++) {
      assertThat(router.call("late" + call, true, Duration.ofMillis(50))).isNotNull();
      first.takes();
    }
    router.pass(Duration.ofMillis(50));

    router.awaitReport(report -> report.circuitBreaker().state() == BreakerState.OPEN);
  }

  @Test
  void silenceOfAnInstanceThatGetsNoCallsAnywayDoesNotOpenIt() {
    RouterFixture router = router(Calls.nervous());
    FakeEndpoint first = router.endpoint("Echo-1");
    router.show(first.ready());
    List<CompletableFuture<ServiceReply>> calls = new ArrayList<>();
    for (int call = 1; call <= 4; call++) {
      calls.add(router.call("late" + call, false, Duration.ofMillis(300)));
      first.takes();
    }
    router.show(first.ready().silent());
    router.settleAndPass(Duration.ofMillis(300));

    calls.forEach(call -> assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.DEADLINE));

    FakeEndpoint second = router.endpoint("Echo-2");
    router.show(first.ready().silent(), second.ready());
    router.send("r5");
    assertThat(second.takes().requestId()).isEqualTo("r5");
  }

  @Test
  void anInstanceThatIsLostWithManyCallsIsOneFailure() {
    RouterFixture router = router(Calls.nervous());
    FakeEndpoint first = router.endpoint("Echo-1");
    FakeEndpoint second = router.endpoint("Echo-2");
    router.show(first.ready());
    List<CompletableFuture<ServiceReply>> calls = new ArrayList<>();
    for (int call = 1; call <= 20; call++) {
      calls.add(router.write("r" + call));
      first.takes();
    }

    router.show(second.ready());

    calls.forEach(call -> assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.UNAVAILABLE));
    CallReport report = router.awaitReport(now -> now.bulkhead().calls() == 0);
    assertThat(report.circuitBreaker().failures()).isEqualTo(1);
    router.send("r21");
    assertThat(second.takes().requestId()).isEqualTo("r21");
  }

  @Test
  void aServiceOfWhichNobodyIsLeftMayFailAfresh() {
    RouterFixture router = router(Calls.nervous());
    FakeEndpoint first = router.endpoint("Echo-1");
    FakeEndpoint second = router.endpoint("Echo-2");
    router.show(first.ready());
    breakTheService(router, first);

    router.show();
    CompletableFuture<ServiceReply> waits = router.read("r5");
    router.settle();
    assertThat(waits).isNotDone();
    router.show(second.ready());

    second.answers(ReplyStatus.OK);
    assertThat(replyOf(waits).status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void oneSlowServiceHasSoManyCallsAndNoMore() {
    RouterFixture router = router(Calls.atMost(2));
    FakeEndpoint first = router.endpoint("Echo-1");
    router.show(first.ready());
    router.send("r1");
    first.takes();
    router.show();
    router.send("waits");

    ServiceReply refused = replyOf(router.read("r3"));
    assertThat(refused.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(refused.message())
        .isEqualTo(
            "Echo has not answered 2 calls of this node yet (bulkhead.max-calls); try again later");
    CompletableFuture<ServiceReply> another =
        router.call("Another", "r4", true, LONG, JsonBytes.EMPTY);
    router.settle();
    assertThat(another).as("other services do not notice").isNotDone();

    router.show(first.ready());
    first.answers(ReplyStatus.OK);
    first.answers(ReplyStatus.OK);
    CallReport report = router.awaitReport(now -> now.bulkhead().calls() == 0);
    assertThat(report.bulkhead()).isEqualTo(new CallReport.Bulkhead(0, 2, 1));
  }

  @Test
  void allThatALostInstanceHadMovesOn() {
    RouterFixture router = router(Calls.inFlight(20));
    FakeEndpoint first = router.endpoint("Echo-1");
    FakeEndpoint second = router.endpoint("Echo-2");
    router.show(first.ready());
    for (int call = 1; call <= 20; call++) {
      router.send("r" + call);
      first.takes();
    }

    router.show(second.ready());

    for (int call = 1; call <= 20; call++) {
      assertThat(second.answers(ReplyStatus.OK).requestId()).isEqualTo("r" + call);
    }
    CallReport report = router.awaitReport(now -> now.bulkhead().calls() == 0);
    assertThat(report.retryBudget()).isEqualTo(new CallReport.RetryBudget(20, 0, 0));
  }

  @Test
  void onceTheBudgetIsSpentNothingIsSentAgain() {
    RouterFixture router = router(Calls.retrying(0, 0));
    FakeEndpoint first = router.endpoint("Echo-1");
    FakeEndpoint second = router.endpoint("Echo-2");
    router.show(first.ready());
    CompletableFuture<ServiceReply> full = router.read("full");
    ServiceRequest refused = first.takes();
    CompletableFuture<ServiceReply> lost = router.read("lost");
    first.takes();
    router.show(first.ready(), second.ready());

    FakeEndpoint.answer(refused, ReplyStatus.OVERLOADED);
    assertThat(replyOf(full).status()).isEqualTo(ReplyStatus.OVERLOADED);

    router.show(second.ready());
    assertThat(replyOf(lost).message())
        .isEqualTo(
            "Echo-1 was lost while it had this request, and the retry budget of Echo is spent;"
                + " try again later");
    router.settle();
    second.hasNoMore();
  }

  @Test
  void whatALeavingInstanceDidNotTakeCostsNothingOfTheBudget() {
    RouterFixture router = router(Calls.retrying(0, 0));
    FakeEndpoint first = router.endpoint("Echo-1");
    FakeEndpoint second = router.endpoint("Echo-2");
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.write("r1");
    ServiceRequest refused = first.takes();
    router.show(first.ready(), second.ready());

    FakeEndpoint.answer(refused, ReplyStatus.NOT_TAKEN);

    second.answers(ReplyStatus.CREATED);
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.CREATED);
  }

  @Test
  void thoseWhoWaitedAreLetOutAsFastAsTheyAreAnswered() {
    RouterFixture router = router(Calls.inFlight(2));
    FakeEndpoint first = router.endpoint("Echo-1");
    for (int call = 1; call <= 4; call++) {
      router.send("r" + call);
    }
    router.show(first.ready());
    ServiceRequest r1 = first.takes();
    ServiceRequest r2 = first.takes();
    router.settle();
    first.hasNoMore();

    router.send("r5");
    FakeEndpoint.answer(r1, ReplyStatus.OK);
    assertThat(first.takes().requestId()).isEqualTo("r3");
    FakeEndpoint.answer(r2, ReplyStatus.OK);
    assertThat(first.takes().requestId()).isEqualTo("r4");
    router.settle();
    first.hasNoMore();
  }

  @Test
  void whenTheBreakerOpensThoseWhoWaitAreRefusedToo() {
    RouterFixture router = router(Calls.nervous(4));
    FakeEndpoint first = router.endpoint("Echo-1");
    List<CompletableFuture<ServiceReply>> calls = new ArrayList<>();
    for (int call = 1; call <= 8; call++) {
      calls.add(router.read("r" + call));
    }
    router.show(first.ready());

    for (int call = 1; call <= 4; call++) {
      first.answers(ReplyStatus.FAILED);
    }

    assertThat(replyOf(calls.get(7)).message()).contains("(circuit breaker open)");
    for (int call = 5; call <= 7; call++) {
      assertThat(first.answers(ReplyStatus.OK).requestId()).isEqualTo("r" + call);
    }
  }

  private RouterFixture router(CallSettings calls) {
    return router(Calls.room(100, 1000), calls);
  }

  private RouterFixture router(WaitingRoomSettings room, CallSettings calls) {
    RouterFixture router = new RouterFixture(KIT, room, calls);
    routers.add(router);
    return router;
  }

  private static void breakTheService(RouterFixture router, FakeEndpoint endpoint) {
    for (int call = 1; call <= 4; call++) {
      CompletableFuture<ServiceReply> failed = router.read("failed" + call);
      endpoint.answers(ReplyStatus.FAILED);
      assertThat(replyOf(failed).status()).isEqualTo(ReplyStatus.FAILED);
    }
  }
}
