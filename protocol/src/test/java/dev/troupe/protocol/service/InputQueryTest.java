package dev.troupe.protocol.service;

import static dev.troupe.protocol.service.Echo.assertMalformed;
import static dev.troupe.protocol.service.Echo.echoed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.protocol.call.FieldError;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the parameters of a query. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InputQueryTest {
  private @Nullable ActorTestKit testKit;

  enum Colour {
    RED,
    BLUE
  }

  record Find(
      @Nullable @Size(max = 3) List<@NotBlank String> tag,
      @Nullable Set<@Positive Long> id,
      @Nullable List<Colour> colour,
      @Nullable LocalDate since,
      @Nullable BigDecimal price,
      @Nullable Integer limit) {}

  record Tagged(List<String> tag) {}

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private <I extends Record> ServiceReply ask(Action<I, Echo> action, String query) {
    QueryParameters.Builder parameters = new QueryParameters.Builder();
    for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      parameters.add(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    return new Harness(testKit, action, Echo::of).query(action.name(), parameters.build());
  }

  private ServiceReply find(String query) {
    return ask(Action.get("find", "/things", Find.class, Echo.class), query);
  }

  @Test
  void aListHasAllValuesInTheirOrder() {
    assertThat(echoed(find("tag=b&limit=5&tag=a&tag=b&colour=RED")))
        .isEqualTo("{'tag':['b','a','b'],'colour':['RED'],'limit':5}");
    assertThat(echoed(find("id=7&id=8&id=7"))).isEqualTo("{'id':[7,8]}");
    assertThat(echoed(find(""))).isEqualTo("{}");
    ServiceReply exact = find("since=2026-01-31&price=12345678901234567.89");
    assertThat(new String(exact.data().bytes(), UTF_8))
        .contains("\"since\":\"2026-01-31\",\"price\":12345678901234567.89");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tag=a&tag=                | tag[1] is blank (expected: a character that is no space)",
        "id=1&id=0                 | id[1] is 0 (expected: 1 to 9223372036854775807)",
        "tag=a&tag=b&tag=c&tag=d   | tag has 4 elements (expected: 0 to 3 elements)",
      })
  void eachValueIsChecked(String query, String message) {
    ServiceReply reply = find(query);
    assertThat(reply.message()).isEqualTo(message);
    assertThat(reply.status()).isEqualTo(ReplyStatus.REFUSED);
  }

  @Test
  void eachValueHasTheTypeOfTheElements() {
    assertMalformed(find("id=1&id=x"), "id[1] is \"x\" (expected: an integer)");
    assertMalformed(find("id="), "id[0] is \"\" (expected: an integer)");
    assertMalformed(
        find("colour=red"), "colour[0] is \"red\" (expected: one of \"RED\", \"BLUE\")");
    assertMalformed(
        ask(Action.get("get", "/things", Tagged.class, Echo.class), ""),
        "tag is missing (expected: an array)");
  }

  @Test
  void whatIsNoListCannotComeTwice() {
    ServiceReply reply = find("limit=1&limit=2");

    assertMalformed(reply, "the query parameter 'limit' is given twice (expected: once)");
    assertThat(FieldError.read(reply.data()))
        .extracting(FieldError::field, FieldError::code)
        .containsExactly(tuple("limit", "repeated"));
    assertMalformed(
        find("other=1&other=1"), "the query parameter 'other' is given twice (expected: once)");
    // The input of a POST comes from its body.
    assertMalformed(
        ask(Action.post("post", "/things", Tagged.class, Echo.class), "tag=1&tag=2"),
        "the query parameter 'tag' is given twice (expected: once)");
  }

  @Test
  void aParameterOfThePathIsNoList() {
    ServiceReply reply =
        new Harness(testKit, Action.get("get", "/things/{limit}", Find.class, Echo.class), Echo::of)
            .call("get", Map.of("limit", "1"), Map.of("limit", "2"), JsonBytes.EMPTY);
    assertThat(echoed(reply)).isEqualTo("{'limit':1}");
  }
}
