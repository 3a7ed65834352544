package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.troupe.protocol.call.ReplyStatus;
import org.junit.jupiter.api.Test;

final class CheckTest {
  @Test
  void aTextWithinBoundsIsGivenBack() {
    assertThat(Check.text("name", "x", 1)).isEqualTo("x");
    assertThat(Check.text("name", "😀😀", 2)).isEqualTo("😀😀");
  }

  @Test
  void aRefusalSaysWhatWasExpected() {
    assertThatThrownBy(() -> Check.text("name", " \t", 50))
        .hasMessage("name is blank (expected: 1 to 50 characters)");
    assertThatThrownBy(() -> Check.text("name", "x".repeat(51), 50))
        .hasMessage("name has 51 characters (expected: 1 to 50)");
    assertThatThrownBy(() -> Check.text("name", "a\0b", 50))
        .hasMessage("name holds the character U+0000 (expected: none)");
    assertThatThrownBy(() -> Check.range("quantity", 0, 1, 10))
        .hasMessage("quantity is 0 (expected: 1 to 10)");
    assertThatThrownBy(() -> Check.range("quantity", 11, 1, 10))
        .hasMessage("quantity is 11 (expected: 1 to 10)");
  }

  @Test
  void whatIsWellFormedIsRefusedWith422() {
    InvalidInputException invalid =
        catchThrowableOfType(InvalidInputException.class, () -> Check.range("q", 0, 1, 10));

    assertThat(invalid.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(invalid.status().httpCode()).isEqualTo(422);
  }

  @Test
  void theBoundsBelongToTheRange() {
    assertThat(Check.range("quantity", 1, 1, 10)).isEqualTo(1);
    assertThat(Check.range("quantity", 10, 1, 10)).isEqualTo(10);
  }
}
