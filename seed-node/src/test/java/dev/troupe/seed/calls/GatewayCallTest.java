package dev.troupe.seed.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.json.Json;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GatewayCallTest {
  private static final URI GATEWAY = URI.create("http://127.0.0.1:5000");

  private static GatewayCall parse(String method, String path, Map<String, Object> more)
      throws InvalidCallException {
    Map<String, Object> call = new HashMap<>(more);
    call.put("method", method);
    call.put("path", path);
    return GatewayCall.parse(Json.write(call));
  }

  @Test
  void aCallGoesToTheGateway() throws Exception {
    GatewayCall call =
        parse("POST", "/users?a=%20b", Map.of("headers", Map.of("X-A", "b"), "body", "{}"));

    assertThat(call.at(GATEWAY)).hasToString("http://127.0.0.1:5000/users?a=%20b");
    assertThat(call.headers()).containsOnly(Map.entry("X-A", "b"));
    assertThat(call.body()).isEqualTo("{}");
    assertThat(parse("GET", "/", Map.of()).body()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "users",
        "//evil.example/",
        "/\\evil.example",
        "@evil.example/",
        ":80@evil.example/",
        ".evil.example/",
        "http://evil.example/",
        "/a b",
        "/a\r\nHost: evil.example",
        "/a\u0000",
        "/ü",
        "/a#b"
      })
  void aPathThatIsNoneOfAGatewayIsRefused(String path) {
    assertThatThrownBy(() -> parse("GET", path, Map.of()))
        .isInstanceOf(InvalidCallException.class)
        .hasMessageContaining("begins with one /");
  }

  @Test
  void anEscapeThatIsBrokenIsRefused() throws Exception {
    GatewayCall call = parse("GET", "/%zz", Map.of());
    assertThatThrownBy(() -> call.at(GATEWAY)).isInstanceOf(InvalidCallException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "TRACE", "get", "GET / HTTP/1.1\r\nX:"})
  void otherMethodsAreRefused(String method) {
    assertThatThrownBy(() -> parse(method, "/", Map.of())).hasMessageContaining("expected: one of");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "cookie",
        "Connection",
        "Transfer-Encoding",
        "Content-Length",
        "Origin",
        "Sec-Fetch-Site",
        "Proxy-Authorization",
        "X-Forwarded-For",
        "traceparent",
        "a b",
        "a\r\nb",
        ""
      })
  void headersOfTheConnectionAndOfOtherClientsAreRefused(String name) {
    assertThatThrownBy(() -> parse("GET", "/", Map.of("headers", Map.of(name, "x"))))
        .isInstanceOf(InvalidCallException.class)
        .hasMessageContaining("header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nHost: evil.example", "\u0000", "ü"})
  void aValueThatIsNoneOfAHeaderIsRefused(String value) {
    assertThatThrownBy(() -> parse("GET", "/", Map.of("headers", Map.of("X-A", value))))
        .hasMessageContaining("visible ASCII");
  }

  @Test
  void whatIsTooMuchIsRefused() {
    assertThatThrownBy(() -> parse("GET", "/" + "a".repeat(10_000), Map.of()))
        .hasMessageContaining("at most 8192");
    assertThatThrownBy(() -> parse("PUT", "/", Map.of("body", "ä".repeat(40_000))))
        .hasMessageContaining("80000 bytes");
    assertThatThrownBy(() -> parse("GET", "/", Map.of("body", "x"))).hasMessageContaining("a GET");
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 33; i++) {
      many.put("X-" + i, "");
    }
    assertThatThrownBy(() -> parse("GET", "/", Map.of("headers", many)))
        .hasMessageContaining("at most 32");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"method\":\"GET\"}",
        "{\"method\":\"GET\",\"path\":\"/\",\"url\":\"http://evil.example\"}",
        "{\"method\":\"GET\",\"path\":\"/\",\"headers\":[]}",
        "{\"method\":\"POST\",\"path\":\"/\",\"body\":{}}"
      })
  void whatIsNoCallIsRefused(String json) {
    assertThatThrownBy(() -> GatewayCall.parse(json.getBytes(UTF_8)))
        .isInstanceOf(InvalidCallException.class);
  }
}
