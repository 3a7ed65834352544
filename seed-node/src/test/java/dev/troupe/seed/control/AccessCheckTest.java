package dev.troupe.seed.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.process.HomeSecret;
import java.time.Clock;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessCheckTest {
  private static final String HOST = "127.0.0.1:5001";

  private final ControlToken token = ControlToken.generate();
  private final Sessions sessions = new Sessions(new HomeSecret("a".repeat(32)), Clock.systemUTC());
  private final AccessCheck access = new AccessCheck(token, sessions);
  private final String begun = sessions.begin();
  private final String cookie = begun.substring(0, begun.indexOf(';'));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1.evil.example:5001",
        "localhost.evil.example",
        "",
        "10.0.0.1"
      })
  void aRequestForAnotherHostIsRefusedEvenWithTheToken(String host) {
    assertThat(code(bearer(request("GET", host)))).isEqualTo(403);
    assertThat(access.refusal(request("GET", host), Permission.NONE)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:5001", "localhost:8080", "LOCALHOST", "[::1]:5001", "[::1]"})
  void theTokenIsEnoughUnderEachNameOfTheLoopback(String host) {
    assertThat(code(bearer(request("POST", host)))).isZero();
  }

  @Test
  void withoutTokenAndSessionALoginHelps() {
    assertThat(access.refusal(request("GET", HOST), Permission.READ))
        .hasValueSatisfying(refusal -> assertThat(refusal.login()).isTrue());
    assertThat(access.refusal(request("GET", HOST), Permission.NONE)).isEmpty();
  }

  @Test
  void aWrongTokenIsNotMadeGoodByASession() {
    HttpRequest request = session(request("GET", HOST));
    assertThat(code(with(request, "Authorization", "Bearer guess"))).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    // The page itself, and a person who types the address.
    "POST, same-origin, http://127.0.0.1:5001, 0",
    "POST, , http://127.0.0.1:5001, 0",
    "POST, same-origin, , 0",
    "GET, none, , 0",
    "GET, , , 0",
    // Pages of another site, of another port and of a sandbox.
    "POST, cross-site, http://evil.example, 403",
    "POST, same-site, http://127.0.0.1:3000, 403",
    "GET, same-site, , 403",
    "POST, , http://127.0.0.1:3000, 403",
    "POST, , null, 403",
    "POST, , , 403",
    "DELETE, , , 403"
  })
  void aSessionIsForPagesOfItsOwnOrigin(String method, String site, String origin, int code) {
    HttpRequest request = session(request(method, HOST));
    if (site != null) {
      request = with(request, "Sec-Fetch-Site", site);
    }
    if (origin != null) {
      request = with(request, "Origin", origin);
    }

    assertThat(code(request)).isEqualTo(code);
  }

  private int code(HttpRequest request) {
    return access.refusal(request, Permission.OPERATE).map(AccessCheck.Refusal::code).orElse(0);
  }

  private static HttpRequest request(String method, String host) {
    HttpRequest request =
        HttpRequest.create("/status").withMethod(HttpMethods.lookup(method).orElseThrow());
    return host.isEmpty() ? request : with(request, "Host", host);
  }

  private HttpRequest bearer(HttpRequest request) {
    return with(request, "Authorization", "Bearer " + token.value());
  }

  private HttpRequest session(HttpRequest request) {
    return with(request, "Cookie", cookie);
  }

  private static HttpRequest with(HttpRequest request, String name, String value) {
    return request.addHeader(RawHeader.create(name, value));
  }
}
