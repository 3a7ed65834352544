package dev.troupe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonContentTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json; charset=\"UTF-8\"",
        "application/json; odata=verbose",
        "application/vnd.api+json",
        "application/problem+json;charset=utf-8"
      })
  void isJson(String text) {
    assertThat(JsonContentType.matches(parse(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/json",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "application/vnd.mine+json; charset=utf-16"
      })
  void isNotJson(String text) {
    assertThat(JsonContentType.matches(parse(text))).isFalse();
  }

  private static ContentType parse(String text) {
    return ContentTypes.parse(text);
  }
}
