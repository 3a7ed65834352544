package dev.troupe.node.call;

import static dev.troupe.node.call.RouterFixture.LONG;
import static dev.troupe.node.call.RouterFixture.replyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import dev.troupe.node.registry.FakeInstance;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeBody;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.LargeRequest;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that are too large for one message. */
final class RouterActorLargeBodiesTest {
  private static final ActorTestKit KIT = TestKits.realTime();
  private static final Deadline LATER = Deadline.after(Duration.ofMinutes(5));
  private static final JsonBytes LARGE =
      JsonBytes.of("x".repeat(LargeBody.LARGEST_AT_ONCE + LargeBody.PART + 5));

  private final RouterFixture router =
      new RouterFixture(KIT, Calls.room(10, RouterFixture.CALL_BYTES));
  private final TestProbe<Object> endpoint = KIT.createTestProbe();
  private final TestProbe<Object> other = KIT.createTestProbe();
  private final FakeInstance first = FakeInstance.ready("Echo-1", endpoint.ref().narrow());
  private final FakeInstance second = FakeInstance.ready("Echo-2", other.ref().narrow());

  @AfterEach
  void stop() {
    router.close();
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aLargeRequestIsAskedForInParts() {
    router.show(first);
    CompletableFuture<ServiceReply> call = router.call("Echo", "r1", true, LONG, LARGE);

    LargeRequest large = endpoint.expectMessageClass(LargeRequest.class);
    assertThat(large.head().requestId()).isEqualTo("r1");
    assertThat(large.head().data().isEmpty()).isTrue();
    assertThat(fetch(large.size(), large.source())).isEqualTo(LARGE);
    FakeEndpoint.answer(large.head(), ReplyStatus.OK);

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void whatIsNoLongerWaitedForIsNotHeldEither() {
    router.show(first);
    CompletableFuture<ServiceReply> call = router.call("Echo", "r1", true, LONG, LARGE);
    LargeRequest large = endpoint.expectMessageClass(LargeRequest.class);

    FakeEndpoint.answer(large.head(), ReplyStatus.OVERLOADED);

    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OVERLOADED);
    endpoint.expectTerminated(large.source(), Duration.ofSeconds(20));
  }

  @Test
  void aLargeRequestOfALostInstanceGoesToAnother() {
    router.show(first);
    CompletableFuture<ServiceReply> call = router.call("Echo", "r1", true, LONG, LARGE);
    LargeRequest lost = endpoint.expectMessageClass(LargeRequest.class);

    router.show(second);

    LargeRequest again = other.expectMessageClass(LargeRequest.class);
    endpoint.expectTerminated(lost.source(), Duration.ofSeconds(20));
    assertThat(fetch(again.size(), again.source())).isEqualTo(LARGE);
    FakeEndpoint.answer(again.head(), ReplyStatus.OK);
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void aLargeReplyIsTakenInParts() {
    router.show(first);
    CompletableFuture<ServiceReply> call = router.read("r1");

    answerLarge(endpoint.expectMessageClass(ServiceRequest.class), LARGE, LATER);

    assertThat(replyOf(call).data()).isEqualTo(LARGE);
    assertThat(replyOf(call).status()).isEqualTo(ReplyStatus.OK);
    // Its bytes are free again: ten of them are more than the router may hold.
    for (int reply = 1; reply <= 10; reply++) {
      CompletableFuture<ServiceReply> next = router.read("r" + reply);
      answerLarge(endpoint.expectMessageClass(ServiceRequest.class), LARGE, LATER);
      assertThat(replyOf(next).data()).isEqualTo(LARGE);
    }
  }

  @Test
  void aLargeReplyOfALostInstanceIsAskedForElsewhere() {
    router.show(first);
    CompletableFuture<ServiceReply> call = router.read("r1");
    ServiceRequest request = endpoint.expectMessageClass(ServiceRequest.class);
    TestProbe<PartRequest> silent = KIT.createTestProbe();
    offer(request, LARGE.size(), silent.ref());
    silent.receiveMessage();

    router.show(second);

    answerLarge(other.expectMessageClass(ServiceRequest.class), LARGE, LATER);
    assertThat(replyOf(call).data()).isEqualTo(LARGE);
  }

  @Test
  void aReplyThatNobodyWaitsForIsNotTaken() {
    router.show(first);
    CompletableFuture<ServiceReply> call = router.read("r1");
    ServiceRequest request = endpoint.expectMessageClass(ServiceRequest.class);
    FakeEndpoint.answer(request, ReplyStatus.OK);
    replyOf(call);
    TestProbe<PartRequest> source = KIT.createTestProbe();

    offer(request, LARGE.size(), source.ref());

    assertThat(source.receiveMessage().length()).isZero();
  }

  @Test
  void repliesAreTakenWithinABoundInAll() {
    router.show(first);
    List<TestProbe<PartRequest>> taken = new ArrayList<>();
    int half = RouterFixture.REPLY_BYTES / 2;
    for (int call = 1; call <= 2; call++) {
      router.send("r" + call);
      taken.add(KIT.createTestProbe());
      offer(endpoint.expectMessageClass(ServiceRequest.class), half, taken.get(call - 1).ref());
      taken.get(call - 1).receiveMessage();
    }
    CompletableFuture<ServiceReply> refused = router.read("r3");
    TestProbe<PartRequest> source = KIT.createTestProbe();

    offer(endpoint.expectMessageClass(ServiceRequest.class), half, source.ref());
    router.settleAndPass(Duration.ofSeconds(1));

    assertThat(source.receiveMessage(Duration.ofSeconds(20)).length()).isZero();
    assertThat(replyOf(refused).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(replyOf(refused).message()).contains("max-reply-bytes");
  }

  @Test
  void aReplyThatFindsRoomInTimeIsTaken() {
    router.show(first);
    CompletableFuture<ServiceReply> early = router.read("r1");
    TestProbe<PartRequest> lost = KIT.createTestProbe();
    offer(endpoint.expectMessageClass(ServiceRequest.class), RouterFixture.REPLY_BYTES, lost.ref());
    lost.receiveMessage();
    CompletableFuture<ServiceReply> late = router.read("r2");
    answerLarge(endpoint.expectMessageClass(ServiceRequest.class), LARGE, LATER);
    router.settle();
    assertThat(late).isNotDone();

    lost.stop();

    assertThat(replyOf(late).data()).isEqualTo(LARGE);
    assertThat(early).isNotDone();
  }

  @Test
  void callsOfAllServicesTogetherAreBoundInBytes() {
    JsonBytes third = JsonBytes.of("x".repeat(RouterFixture.CALL_BYTES / 3));
    var unusedFirst = router.call("Echo", "r1", true, LONG, third);
    var unusedSecond = router.call("Another", "r2", true, LONG, third);
    CompletableFuture<ServiceReply> waits = router.call("Third", "r3", true, LONG, third);

    CompletableFuture<ServiceReply> refused = router.call("Fourth", "r4", true, LONG, third);

    assertThat(replyOf(refused).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(replyOf(refused).message()).contains("gateway.max-call-bytes");
    assertThat(waits).isNotDone();
    router.settleAndPass(LONG);
    replyOf(waits);
    CompletableFuture<ServiceReply> later = router.call("Fourth", "r5", true, LONG, third);
    router.settle();
    assertThat(later).isNotDone();
  }

  @Test
  void whenTheRouterStopsEveryCallerIsTold() {
    CompletableFuture<ServiceReply> waits = router.read("waits");
    router.settle();
    router.show(first);
    endpoint.expectMessageClass(ServiceRequest.class);
    CompletableFuture<ServiceReply> another =
        router.call("Another", "r2", true, LONG, JsonBytes.EMPTY);
    router.settle();

    router.close();

    assertThat(replyOf(waits).status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(replyOf(another).message()).contains("makes no more calls");
  }

  private static void answerLarge(ServiceRequest request, JsonBytes body, Deadline deadline) {
    offer(request, body.size(), KIT.spawn(BodySource.create(body, deadline, () -> {})));
  }

  private static void offer(ServiceRequest request, int size, ActorRef<PartRequest> source) {
    ServiceReply head = ServiceReply.success(request, ReplyStatus.OK, JsonBytes.EMPTY);
    request.replyTo().<Object>unsafeUpcast().tell(new LargeReply(head, size, source));
  }

  private static JsonBytes fetch(int size, ActorRef<PartRequest> source) {
    CompletableFuture<JsonBytes> body = new CompletableFuture<>();
    KIT.spawn(BodyFetch.create(size, source, LATER, body::complete, () -> body.cancel(false)));
    return body.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
