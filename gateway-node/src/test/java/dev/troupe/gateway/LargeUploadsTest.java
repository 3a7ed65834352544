package dev.troupe.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.call.StreamedBody;
import dev.troupe.node.stream.ChunkReceiver;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of requests that are not held in memory. */
final class LargeUploadsTest {
  private static final int MIB = 1 << 20;
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path home;
  private GatewayFixture gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = GatewayFixture.start(home, "max-request-bytes = 64KiB, max-call-bytes = 64KiB");
    gateway.show(
        new Views()
            .service(
                new ServiceDescriptor(
                    "UserService",
                    "1",
                    List.of(
                        new ActionDescriptor(
                            "put_picture",
                            HttpMethod.PUT,
                            PathTemplate.of("/pictures/{name}"),
                            true,
                            4L * MIB,
                            List.of()))))
            .ready("UserService", "UserService-1"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private CompletionStage<Long> counted(@Nullable StreamedBody upload) {
    return Source.fromGraph(new ChunkReceiver(upload.stream().source(), LONG))
        .runWith(Sink.fold(0L, (count, bytes) -> count + bytes.size()), gateway.kit.system());
  }

  private void count() {
    gateway.calls.answerBy(
        call ->
            counted(call.upload())
                .handle(
                    (count, failure) ->
                        count == null
                            ? new ServiceReply(
                                0,
                                call.requestId(),
                                ReplyStatus.MALFORMED,
                                JsonBytes.EMPTY,
                                "failed")
                            : FakeCalls.reply(call, ReplyStatus.OK, "{\"count\":" + count + "}")));
  }

  private HttpResponse<String> put(byte[] body, boolean lengthKnown) throws Exception {
    return gateway.send(
        gateway
            .request("/pictures/a")
            .PUT(
                lengthKnown
                    ? BodyPublishers.ofByteArray(body)
                    : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
  }

  @Test
  void aBodyPassesThatIsLargerThanAllBodiesMayBeTogether() throws Exception {
    count();

    assertThat(put(new byte[4 * MIB], true).body()).isEqualTo("{\"count\":4194304}");
    assertThat(put(new byte[4 * MIB], false).body()).isEqualTo("{\"count\":4194304}");
    assertThat(gateway.calls.last().upload().isTaken()).isTrue();
    assertThat(gateway.calls.last().upload().stream().type()).isEqualTo("application/octet-stream");
  }

  @Test
  void aBodyLargerThanItsLimitIsRefused() throws Exception {
    count();

    assertThat(put(new byte[4 * MIB + 1], true).statusCode()).isEqualTo(413);
    assertThat(gateway.calls.made).isEmpty();
    assertThat(put(new byte[4 * MIB + 1], false).statusCode()).isEqualTo(413);
  }

  @Test
  void aReplyMayComeBeforeTheEndOfTheBody() throws Exception {
    gateway.calls.refuse(ReplyStatus.CONFLICT, "there is one already");

    assertThat(put(new byte[2 * MIB], true).statusCode()).isEqualTo(409);
    assertThat(gateway.calls.last().upload().isTaken()).isFalse();
  }

  @Test
  void aClientThatGoesAwayFailsTheBody() throws Exception {
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    gateway.calls.answerBy(
        call -> {
          counted(call.upload()).whenComplete((count, failure) -> failed.complete(failure));
          return new CompletableFuture<>();
        });

    try (Socket client = gateway.connect()) {
      client
          .getOutputStream()
          .write(
              "PUT /pictures/a HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n\r\nabc"
                  .getBytes(US_ASCII));
    }

    assertThat(failed.get(20, TimeUnit.SECONDS)).isNotNull();
  }
}
