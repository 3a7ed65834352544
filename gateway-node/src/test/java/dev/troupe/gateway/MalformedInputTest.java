package dev.troupe.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no request a service could be asked: still answered in JSON. */
class MalformedInputTest {
  @TempDir static Path home;
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = GatewayFixture.start(home);
    gateway.showAllReady();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, GET /users/%zz HTTP/1.1",
    "400, GET /users?limit=%zz HTTP/1.1",
    "400, GET /users?limit=%f HTTP/1.1",
    "400, CONNECT host:1 HTTP/1.1",
    "501, BREW /users HTTP/1.1",
    "505, GET /users HTTP/3.0",
    "505, GET /users",
    "405, TRACE /users HTTP/1.1"
  })
  void aRequestLine(int expected, String line) throws Exception {
    requireError(expected, line + "\r\nHost: test\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: minus one",
        "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Content-Length: 2\r\nTransfer-Encoding: chunked,",
        "Content-Length: 18446744073709551617",
        "Content-Length: +2",
        "Content-Length: 2, 2",
        "Transfer-Encoding: chunked,",
        "Transfer-Encoding: , chunked",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: chunked;q=1",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding:",
        "Transfer-Encoding: gzip",
        "no colon at all",
      })
  void aHeader(String header) throws Exception {
    requireError(400, "POST /users HTTP/1.1\r\nHost: test\r\n" + header + "\r\n\r\n");
  }

  @Test
  void theHelloOfTls() throws Exception {
    requireError(400, "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003");
  }

  @Test
  void aMissingHost() throws Exception {
    requireError(400, "GET /users HTTP/1.1\r\n\r\n");
  }

  @Test
  void aUriTooLong() throws Exception {
    requireError(414, "GET /" + "x".repeat(2000) + " HTTP/1.1\r\nHost: test\r\n\r\n");
  }

  @Test
  void aHeaderTooLong() throws Exception {
    requireError(431, "GET / HTTP/1.1\r\nHost: test\r\nX: " + "x".repeat(2000) + "\r\n\r\n");
  }

  @Test
  void tooManyHeaders() throws Exception {
    String headers = "X-A: 1\r\n".repeat(100);
    requireError(400, "GET / HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n");
  }

  @Test
  void anIdempotencyKeyTooLong() throws Exception {
    requireError(
        400,
        "GET /users HTTP/1.1\r\nHost: test\r\nConnection: close\r\nIdempotency-Key: "
            + "k".repeat(300)
            + "\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "tab\tbed", "caf\u00c3\u00a9"})
  void anUnusableIdempotencyKeySaysWhatIsExpected(String key) throws Exception {
    String response =
        gateway.raw(
            "POST /users HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 2\r\n"
                + "Content-Type: application/json\r\nIdempotency-Key: "
                + key
                + "\r\n\r\n{}");
    assertThat(response).startsWith("HTTP/1.1 400 ");
    assertThat(GatewayFixture.json(response).path("message").asText())
        .startsWith("Idempotency-Key ")
        .endsWith("(expected: 1 to 255 visible ASCII characters)");
  }

  private static void requireError(int expected, String request) throws Exception {
    String response = gateway.raw(request);

    assertThat(response).startsWith("HTTP/1.1 " + expected + " ");
    assertThat(response).contains("Content-Type: application/json\r\n");
    JsonNode body = GatewayFixture.json(response);
    assertThat(body.path("status").asText()).isEqualTo("error");
    assertThat(body.path("message").asText()).isNotBlank();
  }
}
