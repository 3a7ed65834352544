package dev.troupe.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SpanNamesTest {
  private final SpanNames names = new SpanNames();

  @Test
  void aNameHasOneNumber() {
    int code = names.code("create_order");

    assertThat(names.code("get_user")).isNotEqualTo(code);
    assertThat(names.code("create_order")).isEqualTo(code);
    assertThat(names.name(code)).isEqualTo("create_order");
    assertThat(names.name(names.code(""))).isEmpty();
  }

  @Test
  void beyondTheBoundNamesAreNotRemembered() {
    for (int i = 0; i < 2 * SpanNames.MOST; i++) {
      names.code("name " + i);
    }

    assertThat(names.name(names.code("name 1"))).isEqualTo("name 1");
    assertThat(names.name(names.code("one more"))).isEqualTo(SpanNames.OTHER);
  }
}
