package dev.troupe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BodySinkTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void theBodyIsJoinedFromItsParts() throws Exception {
    BodyReader.Result body = result(read(parts("{\"a\"", ":1}"), LONG, LONG));

    assertThat(body).isEqualTo(new BodyReader.Result.Complete(JsonBytes.of("{\"a\":1}")));
  }

  @Test
  void aBodyThatIsTooSlowIsRejectedAndEndsAfterAWhile() throws Exception {
    BodyReader.Result.Rejected refused =
        refused(read(parts("{").concat(Source.maybe()), SHORT, SHORT));

    assertThat(refused.httpCode()).isEqualTo(408);
    assertThat(result(refused.end()).isEmpty()).isTrue();
  }

  @Test
  void aBodyThatIsTooLargeIsRejectedWhileItArrives() throws Exception {
    Source<ByteString, ?> endless = Source.repeat(ByteString.fromString("xxxx"));

    BodyReader.Result.Rejected refused = refused(read(endless, LONG, SHORT));

    assertThat(refused.httpCode()).isEqualTo(413);
    assertThat(result(refused.end()).isEmpty()).isTrue();
  }

  @Test
  void theRestOfABodyThatIsTooLargeIsDiscarded() throws Exception {
    BodyReader.Result.Rejected refused =
        refused(read(parts("xxxx", "xxxx", "xxxx", "xxxx"), LONG, LONG));

    assertThat(result(refused.end()).isEmpty()).isTrue();
  }

  @Test
  void aBodyThatBreaksOffIsMalformed() throws Exception {
    Source<ByteString, ?> broken =
        parts("{").concat(Source.failed(new IllegalStateException("gone")));

    assertThat(refused(read(broken, LONG, LONG)).httpCode()).isEqualTo(400);
  }

  private static Source<ByteString, ?> parts(String... parts) {
    return Source.from(List.of(parts)).map(ByteString::fromString);
  }

  private static CompletableFuture<BodyReader.Result> read(
      Source<ByteString, ?> bytes, Duration timeout, Duration linger) {
    return bytes.runWith(Sink.fromGraph(new BodySink(10, timeout, linger)), kit.system());
  }

  private static BodyReader.Result.Rejected refused(CompletableFuture<BodyReader.Result> body)
      throws Exception {
    return (BodyReader.Result.Rejected) result(body);
  }

  private static <T> T result(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }
}
