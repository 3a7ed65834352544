package dev.troupe.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class RequestBufferTest {
  @Test
  void ofManySmallRequestsSixteenArePassedOnAtATime() {
    String request = "GET / HTTP/1.0\n\n";

    assertThat(end(request.repeat(1000)))
        .isEqualTo(request.length() * RequestBuffer.MAX_PIPELINED_HEADS);
  }

  @Test
  void carriageReturnsMakeNoDifference() {
    String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    assertThat(end(request.repeat(1000)))
        .isEqualTo(request.length() * RequestBuffer.MAX_PIPELINED_HEADS);
  }

  @Test
  void aBodyIsPassedOnWhole() {
    assertThat(end("x\r\ny\n".repeat(1000))).isEqualTo(5000);
  }

  private static int end(String text) {
    return RequestBuffer.endOfLastHead(ByteString.fromString(text));
  }
}
