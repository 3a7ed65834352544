package dev.troupe.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentLengthCheckTest {
  private final ContentLengthCheck check = new ContentLengthCheck(1000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 18446744073709551617\r\n\r\n",
        "GET / HTTP/1.1\r\nCONTENT-LENGTH:   9223372036854775808\r\nX: y\r\n\r\n",
        "a\ncontent-length:0000000000000000000000001\n\n",
      })
  void aLengthOfTooManyDigitsIsFound(String head) {
    assertThat(finds(head)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 999999999999999999\r\n\r\n",
        "X-Id: 18446744073709551617\r\nContent-Length: 2\r\n\r\n",
        "GET /18446744073709551617 HTTP/1.1\r\n\r\n",
        "",
      })
  void otherNumbersAreNot(String head) {
    assertThat(finds(head)).isFalse();
  }

  @Test
  void aLengthThatComesInPiecesIsFound() {
    String head = "POST / HTTP/1.1\r\nContent-Length: 18446744073709551617\r\n";
    boolean found = false;
    for (int i = 0; i < head.length(); i++) {
      found |= finds(head.substring(i, i + 1));
    }

    assertThat(found).isTrue();
  }

  private boolean finds(String text) {
    return check.findsTooLong(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
