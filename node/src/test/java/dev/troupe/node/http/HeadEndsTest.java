package dev.troupe.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class HeadEndsTest {
  @Test
  void ofManySmallRequestsAFewArePassedOn() {
    String request = "GET / HTTP/1.0\n\n";

    assertThat(cut(request.repeat(1000))).isEqualTo(request.length() * HeadEnds.MAX_AHEAD);
  }

  @Test
  void carriageReturnsMakeNoDifference() {
    String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    assertThat(cut(request.repeat(1000))).isEqualTo(request.length() * HeadEnds.MAX_AHEAD);
  }

  @Test
  void aBodyIsPassedOnWhole() {
    assertThat(cut("x\r\ny\n".repeat(1000))).isEqualTo(5000);
  }

  private static int cut(String text) {
    return HeadEnds.cut(ByteString.fromString(text));
  }
}
