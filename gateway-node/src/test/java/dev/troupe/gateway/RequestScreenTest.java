package dev.troupe.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web page of somebody else, or a proxy in front of the gateway, must not be used for. */
class RequestScreenTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

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

  @Test
  void whatFollowsAnUnreadableLengthIsNoRequest() throws Exception {
    String response =
        gateway.raw(
            """
            POST /users HTTP/1.1\r
            Host: test\r
            Transfer-Encoding: chunked,\r
            \r
            GET /users HTTP/1.1\r
            Host: test\r
            \r
            """);

    assertThat(response).startsWith("HTTP/1.1 400 ").contains("Connection: close");
    assertThat(response.split("HTTP/1.1 ", -1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:5000", "127.0.0.1", "127.0.0.2:80", "[::1]:9", "test"})
  void aNameOfTheGatewayIsServed(String host) throws Exception {
    assertThat(ask("GET /users HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:5000", "localhost.evil.example"})
  void anotherNameIsRefused(String host) throws Exception {
    assertThat(ask("GET /users HTTP/1.1", "Host: " + host))
        .startsWith("HTTP/1.1 421 ")
        .contains("troupe.gateway.allowed-hosts");
  }

  @Test
  void anOldClientNeedsNoHost() throws Exception {
    assertThat(gateway.raw("GET /users HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void anEmptyFormIsRefused() throws Exception {
    assertThat(ask("POST /users HTTP/1.1", "Host: test", FORM, "Content-Length: 0"))
        .startsWith("HTTP/1.1 415 ");
  }

  @Test
  void anEmptyBodyWithoutATypeIsTaken() throws Exception {
    assertThat(ask("POST /users HTTP/1.1", "Host: test", "Content-Length: 0"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://test:3000",
        "Origin: http://test\r\nOrigin: http://evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site\r\nOrigin: http://test",
      })
  void aPageOfAnotherOriginChangesNothing(String header) throws Exception {
    assertThat(ask("POST /users HTTP/1.1", "Host: test", "Content-Length: 0", header))
        .startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Origin: http://test", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"})
  void aPageOfTheSameOriginMay(String header) throws Exception {
    assertThat(ask("POST /users HTTP/1.1", "Host: test", "Content-Length: 0", header))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/users", "/health", "/nowhere", "/users?a=%zz"})
  void noReplyIsStoredOrTakenForSomethingElse(String path) throws Exception {
    assertThat(ask("GET " + path + " HTTP/1.1", "Host: test"))
        .contains("Cache-Control: no-store")
        .contains("X-Content-Type-Options: nosniff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a[b]=c", "a=x|y", "a=^", "a={1}", "a=1&&b=2", "&", "", "a", "a=\"x\"", "a=b=c"})
  void aQueryThatIsNotEscapedIsRead(String query) throws Exception {
    assertThat(ask("GET /users?" + query + " HTTP/1.1", "Host: test")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void bracketsInAQueryArePartOfTheName() throws Exception {
    ask("GET /users?a[b]=c HTTP/1.1", "Host: test");

    assertThat(gateway.calls.last().query()).containsEntry("a[b]", "c");
  }

  private static String ask(String line, String... headers) throws Exception {
    return gateway.raw(
        line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
  }
}
