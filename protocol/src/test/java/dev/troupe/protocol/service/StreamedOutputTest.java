package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.SubmissionPublisher;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamedOutputTest {
  record Nothing() {}

  private ActorTestKit kit;

  @BeforeAll
  void start() {
    kit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  private Object replyOf(Action<Nothing, Download> action, @Nullable String key) {
    TestProbe<Object> host = kit.createTestProbe();
    kit.spawn(
            ServiceDefinition.named("Files")
                .on(action, nothing -> Download.of("a/b", InputStream::nullInputStream).named("x"))
                .build()
                .behavior(Runnable::run))
        .tell(
            new ServiceRequest(
                7,
                "request-7",
                action.name(),
                Map.of(),
                QueryParameters.NONE,
                JsonBytes.EMPTY,
                Deadline.after(Duration.ofMinutes(1)),
                key,
                null,
                null,
                host.getRef().narrow()));
    return host.receiveMessage();
  }

  @Test
  void theHostGetsTheStreamAndTheHeadOfItsReply() {
    StreamedReply reply =
        (StreamedReply) replyOf(Action.get("get", "/f", Nothing.class, Download.class), null);

    assertThat(reply.head().status()).isEqualTo(ReplyStatus.OK);
    assertThat(reply.head().correlationId()).isEqualTo(7);
    assertThat(reply.head().data().isEmpty()).isTrue();
    assertThat(reply.head().headers())
        .isEqualTo(Map.of("Content-Disposition", "attachment; filename=\"x\""));
    assertThat(reply.body().length()).isEqualTo(Download.UNKNOWN);
  }

  @Test
  void aWriteThatAnswersAStreamTakesNoIdempotencyKey() {
    Action<Nothing, Download> create = Action.post("make", "/f", Nothing.class, Download.class);
    Action<Nothing, Download> replace = Action.put("put", "/f", Nothing.class, Download.class);

    ServiceReply refused = (ServiceReply) replyOf(create, "key-1");
    assertThat(refused.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(refused.message()).contains("takes no Idempotency-Key", "(expected: none)");
    assertThat(replyOf(replace, "once-1")).isInstanceOf(StreamedReply.class);
  }

  @Test
  void aFileIsAsLongAsItIs(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "12345");

    assertThat(Download.of("text/plain", file).length()).isEqualTo(5);
    assertThatThrownBy(() -> Download.of("text/plain", directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aNameBeyondAsciiIsGivenTwice() {
    Download download = Download.of("a/b", InputStream::nullInputStream);

    assertThat(download.headers()).isEmpty();
    assertThat(download.named("año \"1\".pdf").headers())
        .isEqualTo(
            Map.of(
                "Content-Disposition",
                "attachment; filename=\"a_o _1_.pdf\"; filename*=UTF-8''a%C3%B1o%20%221%22.pdf"));
  }

  @Test
  void aDownloadWithoutATypeIsRefused() {
    assertThatThrownBy(() -> Download.of("png", InputStream::nullInputStream))
        .hasMessageContaining("media type 'png' (expected: ");
    assertThatThrownBy(() -> Download.of("a/b", InputStream::nullInputStream).withLength(-2))
        .hasMessageContaining("length -2 (expected: ");
  }

  @Test
  void anEventHasALineForEachOfItsFields() {
    assertThat(ServerSentEvent.of("a\nb").text()).isEqualTo("data: a\ndata: b\n\n");
    assertThat(
            ServerSentEvent.json(new Nothing())
                .withId("7")
                .withEvent("changed")
                .withRetry(Duration.ofSeconds(2))
                .text())
        .isEqualTo("id: 7\nevent: changed\nretry: 2000\ndata: {}\n\n");
    assertThatThrownBy(() -> ServerSentEvent.of("").withId("1\ndata: x"))
        .hasMessageContaining("(expected: one line)");
  }

  @Test
  void anEventStreamIsNotCollectedByProxies() {
    EventStream stream = EventStream.of(new SubmissionPublisher<ServerSentEvent>());

    assertThat(stream.type()).isEqualTo("text/event-stream");
    assertThat(stream.headers()).isEqualTo(Map.of("X-Accel-Buffering", "no"));
  }
}
