package dev.troupe.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyHeadersTest {
  @ParameterizedTest
  @ValueSource(strings = {"ETag", "Location", "Link", "X-My_Own.1", "Set-Cookie"})
  void aHeaderOfTheServiceIsPassedOn(String name) {
    assertThat(ReplyHeaders.isAllowed(name, "a \"b\"\tc~")).isTrue();
    assertThat(ReplyHeaders.isAllowed(name, "")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length",
        "content-type",
        "Transfer-Encoding",
        "CONNECTION",
        "Date",
        "X-Request-Id",
        "",
        "a b",
        "a:b",
        "a\r\nb",
        "ü"
      })
  void aHeaderOfTheGatewayOrUnderNoNameIsNot(String name) {
    assertThat(ReplyHeaders.isAllowed(name, "x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb: c", "a\n", "\r", "\0", "ü", "\u007f"})
  void aValueThatWouldBreakTheMessageIsNot(String value) {
    assertThat(ReplyHeaders.isAllowed("ETag", value)).isFalse();
  }
}
