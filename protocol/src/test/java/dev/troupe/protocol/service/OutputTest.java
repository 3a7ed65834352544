package dev.troupe.protocol.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that are not JSON. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutputTest {
  record Nothing() {}

  record Thing(long version) {}

  private ActorTestKit kit;

  @BeforeAll
  void start() {
    kit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void anActionWithoutContentHasNoBody() {
    Action<Nothing, NoContent> action =
        Action.delete("clear", "/things", Nothing.class, NoContent.class);
    ServiceReply reply =
        new Harness(kit, action, (input, call) -> Outcome.done(new NoContent())).call("clear", "");

    assertThat(reply.status()).isEqualTo(ReplyStatus.NO_CONTENT);
    assertThat(reply.data().isEmpty()).isTrue();
    assertThat(reply.headers()).isEmpty();
  }

  @Test
  void contentIsItsBytesAndItsType() throws Exception {
    Action<Nothing, Content> action =
        Action.get("export", "/things.csv", Nothing.class, Content.class);
    Content table = new Content("text/csv; charset=utf-8", "a,ä".getBytes(UTF_8));
    ServiceReply reply =
        new Harness(kit, action, (input, call) -> Outcome.done(table)).call("export", "");

    assertThat(reply.status()).isEqualTo(ReplyStatus.OK);
    assertThat(reply.data().bytes()).isEqualTo(table.bytes());
    assertThat(reply.headers()).isEqualTo(Map.of("Content-Type", "text/csv; charset=utf-8"));
    assertThat(action.output(reply)).isEqualTo(table);
  }

  @Test
  void theStatusAndTheOutputBelongTogether() {
    Action<Nothing, NoContent> none =
        Action.delete("clear", "/things", Nothing.class, NoContent.class);
    Action<Nothing, Thing> thing = Action.get("get", "/things", Nothing.class, Thing.class);

    assertThatThrownBy(() -> none.status(ReplyStatus.OK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clear: OK with the output")
        .hasMessageContaining("(expected: NO_CONTENT and NoContent together)");
    assertThatThrownBy(() -> thing.status(ReplyStatus.NO_CONTENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("get: NO_CONTENT with the output");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "png", "image/", "image/png\r\nX: y", "text/csv; charset", "text/csv\u00e9"})
  void aMediaTypeThatIsNoneIsRefused(String type) {
    assertThatThrownBy(() -> new Content(type, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("media type '");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/png",
        "text/html; charset=UTF-8",
        "application/vnd.oasis.opendocument.text",
        "multipart/mixed; boundary=\"a b\""
      })
  void mediaTypesAreTaken(String type) {
    assertThat(new Content(type, new byte[0])).isEqualTo(new Content(type, new byte[0]));
  }
}
