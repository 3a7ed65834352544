package dev.troupe.node.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ShortResponsesTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final int LONGEST = 100;
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";

  private final ShortResponses responses = new ShortResponses(LONGEST);
  private final TestProbe<String> parser = KIT.createTestProbe();
  private final BoundedSourceQueue<ByteString> program;
  private final CompletionStage<?> end;

  ShortResponsesTest() {
    Pair<BoundedSourceQueue<ByteString>, ? extends CompletionStage<?>> running =
        Source.<ByteString>queue(16)
            .via(responses)
            .toMat(
                Sink.<ByteString>foreach(bytes -> parser.getRef().tell(bytes.utf8String())),
                Keep.both())
            .run(KIT.system());
    this.program = running.first();
    this.end = running.second();
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private void sends(String bytes) {
    assertThat(program.offer(ByteString.fromString(bytes)).isEnqueued()).isTrue();
  }

  @Test
  void theHeadOfAShortResponseWaitsForItsBody() {
    responses.expect();

    sends(HEAD);
    sends("01234");
    sends("56789");

    parser.expectMessage(HEAD + "0123456789");
  }

  @Test
  void whatComesAfterAResponsePassesUntilTheNextOneIsExpected() {
    responses.expect();
    sends(HEAD + "0123456789");
    sends(HEAD);

    parser.expectMessage(HEAD + "0123456789");
    parser.expectMessage(HEAD);

    responses.expect();
    sends(HEAD);
    sends("0123456789");
    parser.expectMessage(HEAD + "0123456789");
  }

  @Test
  void aLongResponsePassesAsItComes() {
    responses.expect();
    String head = HEAD.replace("10", "1000");

    sends(head);
    sends("0");

    parser.expectMessage(head);
    parser.expectMessage("0");
  }

  @Test
  void aResponseThatBreaksOffPassesAsFarAsItCame() throws Exception {
    responses.expect();

    sends(HEAD + "01");
    program.complete();

    parser.expectMessage(HEAD + "01");
    end.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
