package dev.troupe.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

  @Test
  void idsOfOneProcessAreCounted() {
    RequestIds ids = new RequestIds("p-");

    assertThat(ids.next()).isEqualTo("p-1");
    assertThat(ids.next()).isEqualTo("p-2");
  }

  @Test
  void idsOfTwoProcessesDifferAndAreSane() {
    String one = new RequestIds().next();
    String other = new RequestIds().next();

    assertThat(one).isNotEqualTo(other);
    assertThat(RequestIds.isLegal(one)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0af7-65_1.B"})
  void aClientsIdMayBeUsed(String id) {
    assertThat(RequestIds.isLegal(id)).isTrue();
    assertThat(RequestIds.isLegal("x".repeat(128))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\n", "ü", "<script>"})
  void aClientsIdMustBeHarmless(String id) {
    assertThat(RequestIds.isLegal(id)).isFalse();
    assertThat(RequestIds.isLegal("x".repeat(129))).isFalse();
  }
}
