package dev.troupe.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.json.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");

  @Test
  void everyFieldIsReadAsItWasWritten() {
    Event event =
        Event.of(AT, "UserService-1", EventKind.EXITED, 3, 7L)
            .withAddress("pekko://troupe@127.0.0.1:25520")
            .readyAfter(1900L)
            .exited(137, List.of("a", "\t\"b\""))
            .counting(2)
            .by(Initiator.SUPERVISOR)
            .withReason("killed");

    assertThat(EventJson.read(written(event))).contains(event);
  }

  @Test
  void everyKindIsRead() {
    for (EventKind kind : EventKind.values()) {
      Event event = Event.of(AT, null, kind, 0, null);

      assertThat(EventJson.read(written(event))).contains(event);
    }
  }

  @Test
  void everyInitiatorIsRead() {
    for (Initiator by : Initiator.values()) {
      Event event = Event.of(AT, "A-1", EventKind.STOPPING, 1, 7L).by(by);

      assertThat(EventJson.read(written(event))).contains(event);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"at\":\"2026-01-01T00:00:00Z\",\"slot\":\"a-1\",\"ki",
        "{\"at\":\"yesterday\",\"kind\":\"ready\",\"generation\":1}",
        "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"moved\",\"generation\":1}",
        "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"ready\",\"generation\":\"1\"}",
        "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"ready\",\"generation\":99999999999}",
        "{}{}",
        "null"
      })
  void whatIsNoEventIsSkipped(String line) {
    assertThat(EventJson.read(line)).isEmpty();
  }

  @Test
  void whoeverALaterVersionKnowsIsLeftOut() {
    String line =
        "{\"at\":\"2026-01-01T00:00:00Z\",\"slot\":\"a-1\",\"kind\":\"stopping\","
            + "\"generation\":1,\"by\":\"somebody\",\"log\":[]}";

    assertThat(EventJson.read(line)).hasValueSatisfying(event -> assertThat(event.by()).isNull());
  }

  private static String written(Event event) {
    return new String(Json.write(event), UTF_8);
  }
}
