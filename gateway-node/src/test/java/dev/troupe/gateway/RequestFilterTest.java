package dev.troupe.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web page of somebody else, or a proxy in front of the gateway, must not be used for. */
class RequestFilterTest {
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
      strings = {
        "localhost",
        "LOCALHOST:5000",
        "127.0.0.1",
        "127.0.0.2:80",
        "[::1]:9",
        "[::FFFF:127.0.0.1]",
        "localhost.",
        "test"
      })
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "user@localhost",
        "user:secret@localhost:5000",
        "localhost:port",
        "localhost:99999",
        "localhost:123456",
        "localhost:-1",
        "localhost:",
        "::1",
        "[::1",
        "[::1]x",
        "http://localhost",
        "localhost/users",
        "localhost, localhost",
        "loc\u00e4lhost",
        "%zz",
        ""
      })
  void whatIsNoHostIsNamed(String host) throws Exception {
    String response = ask("GET /users HTTP/1.1", "Host: " + host);

    assertThat(response).startsWith("HTTP/1.1 400 ");
    assertThat(GatewayFixture.json(response).path("message").asText())
        .startsWith(
            "the Host header '" + host.replace('\u00e4', '?') + "' is not a host (expected: ");
  }

  @Test
  void whatIsNoHostIsNamedWhereverItsHeadIsCut() throws Exception {
    String head = "GET /users HTTP/1.0\r\nHost: a b\r\n\r\n";
    for (int cut = 1; cut < head.length(); cut++) {
      try (Socket socket = gateway.connect()) {
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(head.substring(0, cut).getBytes(ISO_8859_1));
        socket.getOutputStream().write(head.substring(cut).getBytes(ISO_8859_1));
        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
            .startsWith("HTTP/1.1 400 ")
            .contains("'a b' is not a host");
      }
    }
  }

  @Test
  void moreThanOneHostIsRefused() throws Exception {
    assertThat(ask("GET /users HTTP/1.1", "Host: test", "Host: localhost"))
        .startsWith("HTTP/1.1 400 ")
        .contains("more than one Host");
  }

  @ParameterizedTest
  @CsvSource({
    "200, http://test/users, test",
    "200, http://TEST/users, test",
    "421, http://evil.example/users, evil.example",
    "400, http://test/users, evil.example",
    "400, http://evil.example/users, test",
    "400, http://test:81/users, test:82",
  })
  void aTargetWithAHostIsServedUnderThatNameOnly(int expected, String target, String host)
      throws Exception {
    assertThat(ask("GET " + target + " HTTP/1.1", "Host: " + host))
        .startsWith("HTTP/1.1 " + expected + " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host:\r\n", "Host: test\r\n"})
  void anOldClientNeedsNoHost(String header) throws Exception {
    assertThat(gateway.raw("GET /users HTTP/1.0\r\n" + header + "\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void anEmptyFormIsRefused() throws Exception {
    assertThat(ask("POST /users HTTP/1.1", "Host: test", FORM, "Content-Length: 0"))
        .startsWith("HTTP/1.1 415 ");
  }

  @ParameterizedTest
  @CsvSource({"POST, /users", "DELETE, /users/7"})
  void aChangeWithoutATypeIsRefusedEvenWithoutABody(String method, String path) throws Exception {
    String response = ask(method + " " + path + " HTTP/1.1", "Host: test", "Content-Length: 0");

    assertThat(response).startsWith("HTTP/1.1 415 ");
    assertThat(GatewayFixture.json(response).path("message").asText())
        .contains("application/json", "with each " + method + ", even one without a body");
  }

  @Test
  void aTypeThatIsNoneIsShown() throws Exception {
    assertThat(ask("POST /users HTTP/1.1", "Host: test", "Content-Length: 0", "Content-Type: a b"))
        .startsWith("HTTP/1.1 415 ")
        .contains("the Content-Type is 'a b' (expected: ");
  }

  @Test
  void anEmptyBodyThatSaysItIsJsonIsTaken() throws Exception {
    assertThat(change("")).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: null\r\nSec-Fetch-Site: none",
        "Origin: null\r\nSec-Fetch-Site: same-origin",
        "Origin: http://test:3000",
        "Origin: http://test\r\nOrigin: http://evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site\r\nOrigin: http://test",
      })
  void aPageOfAnotherOriginChangesNothing(String header) throws Exception {
    assertThat(change(header)).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Origin: http://test", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"})
  void aPageOfTheSameOriginMay(String header) throws Exception {
    assertThat(change(header)).startsWith("HTTP/1.1 200 ");
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

    assertThat(gateway.calls.last().query().values()).containsEntry("a[b]", List.of("c"));
  }

  private static String change(String header) throws Exception {
    return ask(
        "POST /users HTTP/1.1",
        "Host: test",
        "Content-Type: application/json",
        header.isEmpty() ? "Content-Length: 0" : "Content-Length: 0\r\n" + header);
  }

  private static String ask(String line, String... headers) throws Exception {
    return gateway.raw(
        line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
  }
}
