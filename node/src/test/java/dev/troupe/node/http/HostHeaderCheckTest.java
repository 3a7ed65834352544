package dev.troupe.node.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "A.b-c_d.",
        "127.0.0.1:80",
        "[::1]",
        "[::ffff:1.2.3.4]:65535",
        "%6c",
        "a:0"
      })
  void aLegalHostIsNotFound(String value) {
    assertThat(illegal("Host: " + value)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:", "a b", "u@a", "::1", "[::1", "a:65536", "a:b", "a/b", "a:1:2", "%6", "%4%41"
      })
  void anIllegalHostIsFound(String value) {
    assertThat(illegal("HOST:" + value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "%41", "a."})
  void aLongValueDoesNotOverflowTheStack(String part) {
    assertThat(illegal("Host: " + part.repeat(100_000))).isNull();
    assertThat(illegal("Host: " + part.repeat(100_000) + " b")).hasSizeLessThan(110);
  }

  @Test
  void onlyTheHostHeaderOfTheHeadIsChecked() {
    assertThat(illegal("X: y\r\n\r\nHost: a b")).isNull();
    assertThat(illegal("X-Host: a b")).isNull();
  }

  @Test
  void aHeaderThatIsCutOffIsNotChecked() {
    for (String head :
        new String[] {"", "GET", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a b"}) {
      assertThat(HostHeaderCheck.illegalValue(head.getBytes(ISO_8859_1))).isNull();
    }
  }

  @Test
  void theShownValueIsVisibleAndShort() {
    assertThat(illegal("Host: \u0007\u00e4")).isEqualTo("??");
    assertThat(illegal("Host: " + " x".repeat(500))).hasSizeLessThan(110);
  }

  private static String illegal(String header) {
    return HostHeaderCheck.illegalValue(
        ("GET / HTTP/1.1\r\n" + header + "\r\n\r\n").getBytes(ISO_8859_1));
  }
}
