package dev.troupe.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers of any name with values that make a recursive parser, or a regular expression with a
 * repeated group, run out of stack: an error of the JVM, which ends the process.
 */
class FuzzedHeadersTest {
  private static final String[] PARTS = {
    "a",
    ",",
    "a,",
    "a;",
    "a=b;",
    ";q=1,",
    "\"",
    "\\\"",
    "(",
    "((a)",
    "%41",
    " ",
    "\t,",
    "/",
    "[",
    ":",
    "*",
    "a/b;",
    "W/\"x\",",
    "a.",
    "-",
    "=",
    "\u00e9"
  };
  // One that fits into each limit, one beyond that of a header, one beyond that of a head.
  private static final int[] LENGTHS = {900, 8_000, 31_000};

  @TempDir static Path home;
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = GatewayFixture.start(home, "max-header-size = 8KiB");
    gateway.showAllReady();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Origin",
        "Referer",
        "Content-Type",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Upgrade",
        "Expect",
        "Accept",
        "Accept-Charset",
        "Accept-Encoding",
        "Accept-Language",
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Cache-Control",
        "Date",
        "If-Match",
        "If-None-Match",
        "If-Modified-Since",
        "If-Range",
        "Range",
        "User-Agent",
        "TE",
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Real-Ip",
        "Sec-Fetch-Site",
        "Sec-WebSocket-Extensions",
        "Sec-WebSocket-Protocol",
        "Access-Control-Request-Headers",
        "Idempotency-Key",
        "traceparent",
        "Link",
        "X-Own"
      })
  void aRequestIsAnsweredAndSoIsTheNext(String header) throws Exception {
    for (String part : PARTS) {
      for (int length : LENGTHS) {
        String host = header.equals("Host") ? "" : "Host: test\r\n";
        String value = part.repeat(length / part.length());
        String response =
            gateway.raw(
                "POST /users HTTP/1.1\r\n%s%s: %s\r\nConnection: close\r\n\r\n"
                    .formatted(host, header, value));
        assertThat(response).as("%s: %s…, %d long", header, part, length).startsWith("HTTP/1.1 ");
      }
    }
    assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
  }
}
