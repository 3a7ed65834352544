package dev.troupe.seed.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.process.HomeSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final HomeSecret SECRET = new HomeSecret("a".repeat(32));

  private final String begun = sessions(SECRET, NOW).begin();
  private final String cookie = begun.substring(0, begun.indexOf(';'));

  private static Sessions sessions(HomeSecret secret, Instant now) {
    return new Sessions(secret, Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void theCookieIsOutOfReachOfScriptsAndOfOtherSites() {
    assertThat(begun).contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200");
  }

  @Test
  void theNextSeedNodeKnowsTheSessionUntilItEnds() {
    assertThat(sessions(SECRET, NOW.plusSeconds(60)).isIn("a=b; " + cookie + "; c=d")).isTrue();
    assertThat(sessions(SECRET, NOW.plus(Sessions.LENGTH)).isIn(cookie)).isFalse();
  }

  @Test
  void anotherHomeDoesNotKnowIt() {
    assertThat(sessions(new HomeSecret("b".repeat(32)), NOW).isIn(cookie)).isFalse();
  }

  @Test
  void aLaterEndIsNotOfItsSignature() {
    String end = Long.toString(NOW.plus(Sessions.LENGTH).getEpochSecond());
    String later = Long.toString(NOW.plus(Sessions.LENGTH).getEpochSecond() + 1);

    assertThat(sessions(SECRET, NOW).isIn(cookie.replace(end, later))).isFalse();
    assertThat(sessions(SECRET, NOW).isIn("")).isFalse();
    assertThat(sessions(SECRET, NOW).isIn(cookie + "x")).isFalse();
  }
}
