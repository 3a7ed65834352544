package dev.troupe.node.call;

import static dev.troupe.node.call.RouterFixture.LONG;
import static dev.troupe.node.call.RouterFixture.replyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.InstanceState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where calls go, how long they wait, and what they are told at the end. */
final class RouterActorTest {
  private static final ActorTestKit KIT = TestKits.realTime();

  private final RouterFixture router = new RouterFixture(KIT, Calls.room(3, 100));
  private final FakeEndpoint first = router.endpoint("Echo-1");
  private final FakeEndpoint second = router.endpoint("Echo-2");

  @AfterEach
  void stop() {
    router.close();
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aCallGoesToAnInstanceAsItIsAndItsReplyComesBack() {
    router.show(first.ready());

    CompletableFuture<ServiceReply> call =
        router.call("Echo", "r1", false, LONG, JsonBytes.of("{\"a\":1}"));

    ServiceRequest request = first.answers(ReplyStatus.CREATED);
    assertThat(request.requestId()).isEqualTo("r1");
    assertThat(request.action()).isEqualTo("echo");
    assertThat(request.data()).isEqualTo(JsonBytes.of("{\"a\":1}"));
    assertThat(request.deadline()).isEqualTo(Deadline.after(LONG, router.now()));
    ServiceReply reply = replyOf(call);
    assertThat(reply.status()).isEqualTo(ReplyStatus.CREATED);
    assertThat(reply.requestId()).isEqualTo("r1");
    assertThat(reply.data()).isEqualTo(JsonBytes.of("{\"a\":1}"));
  }

  @Test
  void anErrorOfTheServiceIsForTheCallerToRead() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.read("r1");

    first.answers(ReplyStatus.CONFLICT);

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.CONFLICT);
    assertThat(replyOf(call).message()).isEqualTo("from the instance");
    first.hasNoMore();
  }

  @Test
  void eachCallGoesToTheInstanceWithTheFewestInFlight() {
    router.show(first.ready(), second.ready());
    for (int call = 1; call <= 4; call++) {
      router.send("r" + call);
    }
    ServiceRequest answered = first.takes();
    first.takes();
    second.takes();
    second.takes();

    FakeEndpoint.answer(answered, ReplyStatus.OK);
    router.settle();
    router.send("r5");

    assertThat(first.takes().requestId()).isEqualTo("r5");
    second.hasNoMore();
  }

  @Test
  void whoIsNotReadyGetsNothing() {
    router.show(
        router.endpoint("Echo-3").ready().saying(InstanceState.UNHEALTHY),
        router.endpoint("Echo-4").ready().saying(InstanceState.DRAINING),
        router.endpoint("Echo-5").ready().unreachable(),
        router.endpoint("Echo-6").ready().silent(),
        router.endpoint("Echo-7").ready().as("Joining"),
        first.ready());

    for (int call = 1; call <= 6; call++) {
      router.send("r" + call);
    }

    for (int call = 1; call <= 6; call++) {
      assertThat(first.takes().requestId()).isEqualTo("r" + call);
    }
  }

  @Test
  void whoIsDegradedGetsCallsWhileNobodyIsReady() {
    router.show(first.ready().degraded("the disk is full"), second.ready());
    router.send("r1");
    assertThat(second.takes().requestId()).isEqualTo("r1");

    router.show(
        first.ready().degraded("the disk is full"), second.ready().unhealthy("it is damaged"));
    router.send("r2");
    assertThat(first.takes().requestId()).isEqualTo("r2");
    second.hasNoMore();
  }

  @Test
  void whoWaitedInVainIsToldWhatTheInstancesSay() {
    router.show(first.ready().unhealthy("it is damaged"));
    CompletableFuture<ServiceReply> call = router.read("r1");

    router.settleAndPass(LONG);

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(replyOf(call).message())
        .isEqualTo("no instance of Echo could take it in time (Echo-1: it is damaged); try again");
  }

  @Test
  void callsWaitForAnInstanceAndGoOutInTheOrderTheyCame() {
    CompletableFuture<ServiceReply> call = router.write("r1");
    router.send("r2");
    router.send("r3");
    router.settle();
    assertThat(call).isNotDone();

    router.show(first.ready());

    assertThat(first.takes().requestId()).isEqualTo("r1");
    assertThat(first.takes().requestId()).isEqualTo("r2");
    assertThat(first.takes().requestId()).isEqualTo("r3");
  }

  @Test
  void aFullWaitingRoomRefusesAtOnce() {
    router.show();
    router.send("r1");
    router.send("r2");
    router.send("r3");

    ServiceReply reply = replyOf(router.read("r4"));

    assertThat(reply.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(reply.message())
        .isEqualTo(
            "no instance of Echo can take it now and the waiting room is full (3 wait);"
                + " try again later");
    router.show(first.ready());
    first.takes();
    first.takes();
    assertThat(first.takes().requestId()).isEqualTo("r3");
    first.hasNoMore();
  }

  @Test
  void theWaitingRoomIsBoundInBytesToo() {
    router.show();
    CompletableFuture<ServiceReply> large =
        router.call("Echo", "r1", true, LONG, JsonBytes.of("x".repeat(60)));

    ServiceReply tooMuch =
        replyOf(router.call("Echo", "r2", true, LONG, JsonBytes.of("x".repeat(41))));
    CompletableFuture<ServiceReply> fits =
        router.call("Echo", "r3", true, LONG, JsonBytes.of("x".repeat(40)));

    assertThat(tooMuch.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    router.settle();
    assertThat(large).isNotDone();
    assertThat(fits).isNotDone();
  }

  @Test
  void servicesDoNotShareAWaitingRoom() {
    router.show();
    router.send("r1");
    router.send("r2");
    router.send("r3");

    CompletableFuture<ServiceReply> call =
        router.call("Another", "r4", true, LONG, JsonBytes.EMPTY);

    router.settle();
    assertThat(call).isNotDone();
  }

  @Test
  void aCallNobodyAnswersEndsAtItsDeadline() {
    router.show(first.ready());

    CompletableFuture<ServiceReply> call = router.call("r1", true, Duration.ofMillis(100));
    router.settleAndPass(Duration.ofMillis(99));
    router.settle();
    assertThat(call).isNotDone();
    router.pass(Duration.ofMillis(1));

    ServiceReply reply = replyOf(call);
    assertThat(reply.status()).isEqualTo(ReplyStatus.DEADLINE);
    assertThat(reply.message())
        .isEqualTo("Echo did not answer in time; whether it did the work is unknown");
  }

  @Test
  void aCallThatWaitsForAnInstanceEndsAtItsDeadlineToo() {
    router.show();

    CompletableFuture<ServiceReply> call = router.call("r1", true, Duration.ofMillis(100));
    router.settleAndPass(Duration.ofMillis(100));

    ServiceReply reply = replyOf(call);
    assertThat(reply.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(reply.message()).isEqualTo("no instance of Echo could take it in time; try again");
    router.show(first.ready());
    router.settle();
    first.hasNoMore();
  }

  @Test
  void aReplyThatComesAfterTheDeadlineIsForgotten() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.call("r1", true, Duration.ofMillis(100));
    ServiceRequest late = first.takes();
    router.pass(Duration.ofMillis(100));
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.DEADLINE);

    FakeEndpoint.answer(late, ReplyStatus.OK);
    FakeEndpoint.answer(late, ReplyStatus.OK);
    router.settle();

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.DEADLINE);
    router.show(first.ready(), second.ready());
    router.send("r2");
    router.send("r3");
    first.takes();
    second.takes();
  }

  @Test
  void aReplyNobodyAskedForIsIgnored() {
    router.show(first.ready());
    CompletableFuture<ServiceReply> call = router.read("r1");
    ServiceRequest request = first.takes();

    request.replyTo().tell(new ServiceReply(9999, "r1", ReplyStatus.OK, JsonBytes.EMPTY, null));
    router.settle();
    assertThat(call).isNotDone();

    FakeEndpoint.answer(request, ReplyStatus.CREATED);
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.CREATED);
  }
}
