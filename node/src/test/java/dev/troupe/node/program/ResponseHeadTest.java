package dev.troupe.node.program;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseHeadTest {
  private static int length(String response) {
    return ResponseHead.responseLength(response.getBytes(US_ASCII));
  }

  @Test
  void theLengthIsThatOfHeadAndBody() {
    String head = "HTTP/1.1 200 OK\r\nX: y\r\ncOnTent-Length:  12\r\n\r\n";

    assertThat(length(head)).isEqualTo(head.length() + 12);
    assertThat(length(head + "Hello")).isEqualTo(head.length() + 12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "H",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n",
        "HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"
      })
  void whatHasNoLengthIsLeftToTheParser(String response) {
    assertThat(length(response)).isEqualTo(ResponseHead.UNKNOWN);
  }
}
