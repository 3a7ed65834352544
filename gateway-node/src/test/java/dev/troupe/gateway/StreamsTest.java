package dev.troupe.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.node.stream.ChunkSender;
import dev.troupe.node.stream.StreamException;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replies that are sent while they are made. */
final class StreamsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final ByteString CHUNK = ByteString.fromString("x".repeat(BodyStream.CHUNK));

  @TempDir private Path home;
  private GatewayFixture gateway;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<Done> ended = new CompletableFuture<>();

  @BeforeEach
  void start() throws Exception {
    gateway = GatewayFixture.start(home);
    gateway.showAllReady();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void answer(String type, long length, Source<ByteString, NotUsed> bytes) {
    gateway.calls.answerBy(
        call ->
            bytes
                .watchTermination(
                    (none, done) -> {
                      done.whenComplete(
                          (end, failure) -> {
                            if (failure == null) {
                              ended.complete(end);
                            } else {
                              ended.completeExceptionally(failure);
                            }
                          });
                      return none;
                    })
                .toMat(Sink.fromGraph(new ChunkSender(LONG)), Keep.right())
                .run(gateway.kit.system())
                .thenApply(
                    source ->
                        new ServiceReply(
                                0,
                                call.requestId(),
                                ReplyStatus.OK,
                                JsonBytes.EMPTY,
                                null,
                                Map.of())
                            .withStream(new BodyStream(type, length, source))));
  }

  private HttpResponse<InputStream> get() throws Exception {
    return client.send(
        gateway.request("/users/1").build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  @Test
  void aDownloadHasAllItsBytes() throws Exception {
    answer("text/plain", BodyStream.UNKNOWN, Source.repeat(CHUNK).take(200));

    HttpResponse<InputStream> response = get();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
    assertThat(response.headers().firstValue("Connection")).hasValue("close");
    assertThat(response.body().readAllBytes()).hasSize(200 * BodyStream.CHUNK);
    assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(Done.done());
  }

  @Test
  void aLengthThatIsKnownIsTold() throws Exception {
    answer("a/b", 5, Source.from(List.of("12", "345")).map(ByteString::fromString));

    HttpResponse<InputStream> response = get();

    assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(5);
    assertThat(response.body().readAllBytes()).isEqualTo("12345".getBytes(UTF_8));
  }

  @Test
  void anEmptyDownloadIsComplete() throws Exception {
    answer("a/b", 0, Source.empty());

    assertThat(get().body().readAllBytes()).isEmpty();
  }

  @Test
  void aStreamThatFailsIsNoCompleteReply() throws Exception {
    answer("a/b", BodyStream.UNKNOWN, Source.range(1, 4).map(StreamsTest::failAtTheFourth));

    // The reset of the connection may overtake the head of the answer on its way to the client.
    assertThatThrownBy(() -> get().body().readAllBytes()).isInstanceOf(IOException.class);
  }

  private static ByteString failAtTheFourth(int number) {
    if (number == 4) {
      throw new StreamException("lost");
    }
    return CHUNK;
  }

  @Test
  void aClientThatGoesAwayEndsTheSource() throws Exception {
    answer("a/b", BodyStream.UNKNOWN, Source.repeat(CHUNK));

    get().body().close();

    assertThatThrownBy(() -> ended.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StreamException.class);
  }

  @Test
  void aGatewayThatStopsEndsEventStreamsInAnOrderlyWay() throws Exception {
    answer(
        "text/event-stream",
        BodyStream.UNKNOWN,
        Source.single(ByteString.fromString("data: 1\n\n")).concatLazy(Source.never()));
    HttpResponse<InputStream> response = get();
    assertThat(response.body().readNBytes(9)).isEqualTo("data: 1\n\n".getBytes(UTF_8));

    CompletableFuture<Void> drained = gateway.server.drain(LONG).toCompletableFuture();

    assertThat(response.body().readAllBytes()).isEmpty();
    drained.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aGatewayThatStopsAbortsDownloadsThatGoOnForTooLong() throws Exception {
    answer("a/b", BodyStream.UNKNOWN, Source.single(CHUNK).concatLazy(Source.never()));
    HttpResponse<InputStream> response = get();
    response.body().readNBytes(CHUNK.size());

    CompletableFuture<Void> drained =
        gateway.server.drain(Duration.ofMillis(700)).toCompletableFuture();

    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    drained.get(20, TimeUnit.SECONDS);
  }
}
