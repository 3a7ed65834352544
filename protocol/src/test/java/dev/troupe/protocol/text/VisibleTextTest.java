package dev.troupe.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VisibleTextTest {
  @Test
  void whatMovesTheCursorOrBeginsALineIsWrittenOut() {
    assertThat(VisibleText.line("a\u001b[2Jb\r\nc\u0000\u009bd\u2028e"))
        .isEqualTo("a\\x1b[2Jb\\r\\nc\\x00\\x9bd\\u2028e");
    assertThat(VisibleText.line("abc\u202edef")).isEqualTo("abc\\u202edef");
  }

  @Test
  void lettersOfAnyLanguageAndTabsStay() {
    String text = "\tGrüße, 日本, 😀, עברית";

    assertThat(VisibleText.line(text)).isSameAs(text);
  }

  @Test
  void linesKeepTheirBreaksAndNothingElse() {
    assertThat(VisibleText.lines("a\n\tb\r\n\u0007c")).isEqualTo("a\n\tb\\r\n\\x07c");
  }
}
