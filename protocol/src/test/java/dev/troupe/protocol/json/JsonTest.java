package dev.troupe.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  record Order(long userId, @Nullable String product, int quantity) {}

  record Times(Instant createdAt, Duration timeout) {}

  private static String written(Object value) {
    return new String(Json.write(value), UTF_8);
  }

  @Test
  void namesAreSnakeCaseAndNullIsAbsent() {
    assertThat(written(new Order(1, null, 2))).isEqualTo("{\"user_id\":1,\"quantity\":2}");
  }

  @Test
  void timesAreWrittenForPeople() {
    assertThat(written(new Times(Instant.parse("2026-01-02T03:04:05.006Z"), Duration.ofSeconds(5))))
        .isEqualTo("{\"created_at\":\"2026-01-02T03:04:05.006Z\",\"timeout\":\"PT5S\"}");
  }

  @Test
  void readsWhatItWrote() throws JsonProcessingException {
    Order order = new Order(Long.MAX_VALUE, "tea \"green\" ☕ 😀", Integer.MIN_VALUE);

    assertThat(Json.MAPPER.readValue(written(order), Order.class)).isEqualTo(order);
  }

  @Test
  void ignoresFieldsItDoesNotKnow() throws JsonProcessingException {
    assertThat(Json.MAPPER.readValue("{\"user_id\":1,\"quantity\":2,\"colour\":{}}", Order.class))
        .isEqualTo(new Order(1, null, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user_id\":\"1\"}",
        "{\"user_id\":1.0}",
        "{\"user_id\":1e3}",
        "{\"user_id\":true}",
        "{\"user_id\":null}",
        "{\"user_id\":[1]}",
        "{\"user_id\":9223372036854775808}",
        "{\"quantity\":2147483648}",
        "{\"product\":1}",
        "{\"product\":1.5}",
        "{\"product\":true}",
        "{\"product\":[\"tea\"]}",
        "{\"product\":{}}",
        "{\"user_id\":1,\"user_id\":2}",
        "{\"user_id\":1}{}",
        "{\"user_id\":1,}",
        "{\"user_id\":01}",
        "{\"user_id\":NaN}",
        "{'user_id':1}",
        "{user_id:1}",
        "{} // done",
      })
  void coercesAndForgivesNothing(String json) {
    assertThatThrownBy(() -> Json.MAPPER.readValue(json, Order.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void whatCannotBeWrittenIsADefect() {
    assertThatThrownBy(() -> Json.write(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot write class java.lang.Object as JSON");
  }
}
