package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.trace.TraceContext;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallContextTest {
  private static final Action<NoContent, NoContent> LISTEN =
      Action.put("listen", "/", NoContent.class, NoContent.class)
          .headers("Accept-Language", "User-Agent");

  private static final Upload.Receiver NO_UPLOADS =
      body -> {
        throw new AssertionError("no upload");
      };

  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aHandlerReadsTheHeadersThatItsActionAsksFor() {
    CallContext call =
        CallContext.of(
            request("10.0.0.7", null, Map.of("accept-language", "de")), LISTEN, NO_UPLOADS);

    assertThat(call.header("Accept-Language")).contains("de");
    assertThat(call.header("user-agent")).isEmpty();
    assertThatThrownBy(() -> call.header("Cookie"))
        .hasMessage(
            "the header Cookie is read, and the action does not ask for it (expected:"
                + " .headers(\"Cookie\") at its Action)");
    assertThatThrownBy(() -> LISTEN.headers("no name"))
        .hasMessage("listen: a header named 'no name' (expected: 1 to 100 letters, digits and -)");
  }

  @Test
  void aHandlerKnowsWhoCalls() {
    CallContext call = CallContext.of(request("10.0.0.7", "k1", Map.of()), LISTEN, NO_UPLOADS);

    assertThat(call.clientAddress()).contains("10.0.0.7");
    assertThat(call.principal()).isEmpty();
    assertThat(call.traceId()).contains("0af7651916cd43dd8448eb211c80319c");
    assertThat(call.traceparent())
        .contains("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertThat(call.event()).isNull();
    assertThat(call.keyedWrite()).isNotNull();
    assertThat(CallContext.within(Duration.ofSeconds(1)).traceId()).isEmpty();
  }

  @Test
  void aRequestWithAnEventIsNoClients() {
    CallContext call =
        CallContext.of(
            request(EventId.CLIENT, new EventId("A/b", 7).key(), Map.of()), LISTEN, NO_UPLOADS);

    assertThat(call.event()).isEqualTo(new EventId("A/b", 7));
    assertThat(call.clientAddress()).isEmpty();
    assertThat(call.keyedWrite()).isNull();
  }

  private ServiceRequest request(String client, @Nullable String key, Map<String, String> headers) {
    ActorRef<ServiceReply> nobody = kit.system().ignoreRef();
    return new ServiceRequest(
        1,
        "r1",
        "listen",
        Map.of(),
        QueryParameters.NONE,
        JsonBytes.EMPTY,
        Deadline.after(Duration.ofMinutes(1)),
        key,
        null,
        TraceContext.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null),
        client,
        null,
        null,
        headers,
        nobody);
  }
}
