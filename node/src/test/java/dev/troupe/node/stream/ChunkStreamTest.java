package dev.troupe.node.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.call.StreamChunk;
import dev.troupe.protocol.call.StreamEnd;
import dev.troupe.protocol.call.StreamPart;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ChunkStreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);

  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private ActorRef<ChunkRequest> send(Source<ByteString, ?> source, Duration timeout)
      throws Exception {
    return await(source.runWith(Sink.fromGraph(new ChunkSender(timeout)), kit.system()));
  }

  private CompletionStage<ByteString> receive(ActorRef<ChunkRequest> source, Duration timeout) {
    return Source.fromGraph(new ChunkReceiver(source, timeout))
        .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), kit.system());
  }

  private static Source<ByteString, ?> numbers(int count) {
    return Source.range(1, count).map(number -> ByteString.fromString(number + ","));
  }

  @Test
  void whatIsSentIsReceived() throws Exception {
    String received = await(receive(send(numbers(1000), LONG), LONG)).utf8String();

    assertThat(received).startsWith("1,2,3,").endsWith(",999,1000,");
    assertThat(await(receive(send(Source.empty(), LONG), LONG)).isEmpty()).isTrue();
  }

  @Test
  void noMoreIsMadeThanIsAskedFor() throws Exception {
    AtomicInteger made = new AtomicInteger();
    ActorRef<ChunkRequest> source = send(numbers(1000).map(bytes -> counted(made, bytes)), LONG);
    TestProbe<StreamPart> receiver = kit.createTestProbe();

    source.tell(new ChunkRequest(2, receiver.getRef()));

    receiver.expectMessage(new StreamChunk(0, JsonBytes.of("1,")));
    receiver.expectMessage(new StreamChunk(1, JsonBytes.of("2,")));
    receiver.expectNoMessage(SHORT);
    // One is kept ready.
    assertThat(made).hasValueLessThanOrEqualTo(3);
  }

  private static ByteString counted(AtomicInteger made, ByteString bytes) {
    made.incrementAndGet();
    return bytes;
  }

  @Test
  void aSourceThatFailsAtOnceIsKnownBeforeTheStreamBegins() {
    assertThatThrownBy(() -> send(Source.failed(new IllegalStateException("no such file")), LONG))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void aSourceThatFailsLaterFailsTheReceiver() throws Exception {
    Source<ByteString, ?> source = numbers(10).map(ChunkStreamTest::failAtTheEnd);

    assertThatThrownBy(() -> await(receive(send(source, LONG), LONG)))
        .hasCauseInstanceOf(StreamException.class)
        .hasMessageContaining("the disk is full");
  }

  private static ByteString failAtTheEnd(ByteString bytes) {
    if (bytes.utf8String().equals("10,")) {
      throw new IllegalStateException("the disk is full");
    }
    return bytes;
  }

  @Test
  void aReceiverThatEndsCancelsTheSource() throws Exception {
    Pair<CompletionStage<Done>, CompletionStage<ActorRef<ChunkRequest>>> sending =
        Source.repeat(ByteString.fromString("x"))
            .watchTermination(Keep.right())
            .toMat(Sink.fromGraph(new ChunkSender(LONG)), Keep.both())
            .run(kit.system());

    Source.fromGraph(new ChunkReceiver(await(sending.second()), LONG))
        .take(10)
        .runWith(Sink.ignore(), kit.system());

    assertThatThrownBy(() -> await(sending.first())).hasCauseInstanceOf(StreamException.class);
  }

  @Test
  void aChunkThatIsNotMadeInTimeEndsTheStream() throws Exception {
    ActorRef<ChunkRequest> source = send(numbers(3).concat(Source.maybe()), SHORT);

    assertThatThrownBy(() -> await(receive(source, LONG)))
        .hasMessageContaining("no chunk was made within 100 ms");
  }

  @Test
  void aStreamThatNobodyAsksForEnds() throws Exception {
    Pair<CompletionStage<Done>, CompletionStage<ActorRef<ChunkRequest>>> sending =
        numbers(3)
            .watchTermination(Keep.right())
            .toMat(Sink.fromGraph(new ChunkSender(SHORT)), Keep.both())
            .run(kit.system());

    assertThatThrownBy(() -> await(sending.first()))
        .hasMessageContaining("no chunk was asked for within 100 ms");
  }

  @Test
  void aReceiverDoesNotWaitForEver() {
    TestProbe<ChunkRequest> silent = kit.createTestProbe();

    assertThatThrownBy(() -> await(receive(silent.getRef(), SHORT)))
        .hasMessageContaining("no chunk arrived within 100 ms");
    assertThat(silent.receiveMessage().until()).isPositive();
    assertThat(silent.receiveMessage().until()).isEqualTo(ChunkRequest.NO_MORE);
  }

  @Test
  void aSlowReceiverIsNoFailureOfTheSource() throws Exception {
    TestProbe<ChunkRequest> source = kit.createTestProbe();
    List<String> received = new ArrayList<>();
    CompletionStage<Done> done =
        Source.fromGraph(new ChunkReceiver(source.getRef(), LONG))
            .map(ByteString::utf8String)
            .runForeach(received::add, kit.system());
    ActorRef<StreamPart> receiver = source.receiveMessage().replyTo();

    receiver.tell(new StreamChunk(0, JsonBytes.of("a")));
    receiver.tell(new StreamChunk(1, JsonBytes.of("b")));
    receiver.tell(new StreamEnd(2, null));

    await(done);
    assertThat(received).containsExactly("a", "b");
  }

  @Test
  void aLostChunkFailsTheReceiver() {
    TestProbe<ChunkRequest> source = kit.createTestProbe();
    CompletionStage<ByteString> received = receive(source.getRef(), LONG);

    source.receiveMessage().replyTo().tell(new StreamChunk(1, JsonBytes.of("b")));

    assertThatThrownBy(() -> await(received)).hasMessageContaining("a chunk was lost");
  }

  @Test
  void aStreamHasOneReceiver() throws Exception {
    ActorRef<ChunkRequest> source = send(numbers(3), LONG);
    TestProbe<StreamPart> first = kit.createTestProbe();
    TestProbe<StreamPart> second = kit.createTestProbe();

    source.tell(new ChunkRequest(1, first.getRef()));
    first.receiveMessage();
    source.tell(new ChunkRequest(1, second.getRef()));

    second.expectMessage(new StreamEnd(0, "another node reads this stream"));
  }
}
