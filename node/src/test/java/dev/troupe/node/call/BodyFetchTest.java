package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.node.TestKits;
import dev.troupe.protocol.call.BodyPart;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeBody;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Large bodies on their way from one node to the other. */
final class BodyFetchTest {
  private static final ActorTestKit KIT = TestKits.realTime();
  private static final Deadline LATER = Deadline.after(Duration.ofMinutes(5));

  private final CompletableFuture<JsonBytes> fetched = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final TestProbe<PartRequest> source = KIT.createTestProbe();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void allPartsArriveInTheirOrderAndNothingIsHeldAfterwards() {
    JsonBytes body = body(3 * LargeBody.PART + 7);
    ActorRef<PartRequest> held =
        KIT.spawn(BodySource.create(body, LATER, () -> ended.complete(null)));

    fetch(body.size(), held, LATER);

    assertThat(await(fetched)).isEqualTo(body);
    await(ended);
  }

  @Test
  void onePartIsOnItsWayAtATimeAndOthersAreIgnored() {
    fetch(LargeBody.PART + 2, source.ref(), LATER);
    PartRequest first = source.receiveMessage();
    assertThat(first.offset()).isZero();
    assertThat(first.length()).isEqualTo(LargeBody.PART);

    first.replyTo().tell(new BodyPart(5, JsonBytes.of("x")));
    first.replyTo().tell(new BodyPart(0, JsonBytes.EMPTY));
    first.replyTo().tell(new BodyPart(0, body(LargeBody.PART + 3)));
    first.replyTo().tell(new BodyPart(0, body(LargeBody.PART)));
    PartRequest second = source.receiveMessage();
    assertThat(second.offset()).isEqualTo(LargeBody.PART);
    assertThat(second.length()).isEqualTo(2);
    second.replyTo().tell(new BodyPart(LargeBody.PART, JsonBytes.of("ab")));

    assertThat(await(fetched).size()).isEqualTo(LargeBody.PART + 2);
    assertThat(source.receiveMessage().length()).as("nothing more is wanted").isZero();
  }

  @Test
  void aSourceThatIsGoneEndsIt() {
    ActorRef<Object> fetch = fetch(10, source.ref(), LATER);
    source.receiveMessage();

    source.stop();

    KIT.<Object>createTestProbe().expectTerminated(fetch, Duration.ofSeconds(20));
    assertThatThrownBy(() -> await(fetched)).hasMessageContaining("failed");
  }

  @Test
  void nobodyWaitsForPartsOnceTheTimeIsOver() {
    fetch(10, source.ref(), Deadline.after(Duration.ofMillis(50)));
    source.receiveMessage();

    assertThat(source.receiveMessage(Duration.ofSeconds(20)).length()).isZero();
    assertThatThrownBy(() -> await(fetched)).hasMessageContaining("failed");
  }

  @Test
  void aBodyNobodyAsksForIsHeldUntilTheDeadlineOnly() {
    KIT.spawn(
        BodySource.create(
            body(10), Deadline.after(Duration.ofMillis(50)), () -> ended.complete(null)));

    await(ended);
  }

  @Test
  void whatIsOutsideOfTheBodyIsNotGiven() {
    ActorRef<PartRequest> held =
        KIT.spawn(BodySource.create(body(10), LATER, () -> ended.complete(null)));

    held.tell(new PartRequest(11, 5, KIT.<BodyPart>createTestProbe().ref()));

    await(ended);
  }

  private ActorRef<Object> fetch(int size, ActorRef<PartRequest> from, Deadline deadline) {
    return KIT.spawn(
        BodyFetch.create(
            size,
            from,
            deadline,
            fetched::complete,
            () -> fetched.completeExceptionally(new IllegalStateException("failed"))));
  }

  private static JsonBytes body(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return JsonBytes.of(bytes);
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
