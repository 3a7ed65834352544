package dev.troupe.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonBytesTest {
  @Test
  void holdsTheBytesAsTheyArrived() {
    byte[] bytes = "{ \"name\" :\"Zoë\" }".getBytes(UTF_8);

    assertThat(JsonBytes.of(bytes).bytes()).isSameAs(bytes);
    assertThat(JsonBytes.of(bytes).size()).isEqualTo(18);
    assertThat(JsonBytes.of(bytes)).hasToString("{ \"name\" :\"Zoë\" }");
  }

  @Test
  void isEqualByContent() {
    assertThat(JsonBytes.of("{}"))
        .isEqualTo(JsonBytes.of("{}".getBytes(UTF_8)))
        .hasSameHashCodeAs(JsonBytes.of("{}".getBytes(UTF_8)))
        .isNotEqualTo(JsonBytes.of("[]"))
        .isNotEqualTo("{}");
  }

  @Test
  void nothingIsTheEmptyDocument() {
    assertThat(JsonBytes.of("")).isSameAs(JsonBytes.EMPTY);
    assertThat(JsonBytes.EMPTY.isEmpty()).isTrue();
    assertThat(JsonBytes.of("{}").isEmpty()).isFalse();
  }
}
