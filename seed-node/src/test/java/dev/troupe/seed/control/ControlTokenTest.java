package dev.troupe.seed.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlTokenTest {
  private final ControlToken token = ControlToken.generate();

  @Test
  void theTokenIsAccepted() {
    assertThat(token.isIn("Bearer " + token.value())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Bearer x", "Basic x"})
  void nothingElseIs(String authorization) {
    assertThat(token.isIn(authorization)).isFalse();
    assertThat(token.isIn(token.value())).isFalse();
    assertThat(token.isIn("Bearer " + token.value() + "x")).isFalse();
  }

  @Test
  void eachStartHasAnotherThatCannotBeGuessed() {
    assertThat(ControlToken.generate().value())
        .isNotEqualTo(token.value())
        .matches("[A-Za-z0-9_-]{43}");
  }
}
