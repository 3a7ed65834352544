package dev.troupe.service.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.service.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"a@b", "ada@example.org", "ada+shop@mail.example.org"})
  void oneAddressIsAnAddress(String email) {
    assertThat(EmailAddress.parse(email)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "g:a@b,c@d;",
        "g:a@b;",
        "a@b,c@d",
        "a@b c@d",
        "a@b;c@d",
        "Ada <a@b>",
        "<a@b>",
        "a@b (Ada)",
        "a@b\nRCPT TO:<c@d>",
        "a@b\r",
        " a@b",
        "a@b\u202e",
        "a",
        "@b",
        "a@",
        ""
      })
  void anythingElseIsNone(String email) {
    assertThat(EmailAddress.parse(email)).isEmpty();
  }

  @Test
  void namesThatLookTheSameAreTheSame() {
    assertThat(Username.of("Rene\u0301"))
        .isEqualTo(Username.of("Ren\u00e9"))
        .isEqualTo(Username.of(" Ren\u00e9\u3000"));
    assertThat(Username.of("Ada L")).isEqualTo("Ada L").isNotEqualTo(Username.of("ada l"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x200b, 0x200d, 0x202e, 0xfeff, 0xad, 0x1b, 0xa0, 0x2003, 0x3164, 0xfe0f})
  void whatNobodyCanSeeIsRefusedByName(int point) {
    String name = "a" + Character.toString(point) + "b";
    assertThatThrownBy(() -> Username.of(name))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("U+%04X".formatted(point));
  }

  @Test
  void controlCharactersAreVisibleInALog() {
    assertThat(VisibleCharacters.of("a\n2026 ERROR \u001b[2J\u202e"))
        .isEqualTo("a\\u000a2026 ERROR \\u001b[2J\\u202e");
    assertThat(VisibleCharacters.of("tea ☕ 😀")).isEqualTo("tea ☕ 😀");
  }
}
