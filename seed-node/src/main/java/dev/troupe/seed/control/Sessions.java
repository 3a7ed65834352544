package dev.troupe.seed.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.crypto.HmacSha256;
import dev.troupe.protocol.process.HomeSecret;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sessions of browsers. A session is a cookie that says until when it is valid, signed with a
 * key that follows from the secret of the home: a seed node that takes over knows the sessions of
 * the one before it, and nothing is stored.
 */
final class Sessions {
  static final Duration LENGTH = Duration.ofHours(12);

  private static final int NAME_LENGTH = 8;

  private final Clock clock;
  private final HmacSha256 hmac;
  private final String cookie;
  private final Pattern value;

  Sessions(HomeSecret secret, Clock clock) {
    this.clock = clock;
    this.hmac = new HmacSha256(secret.value().getBytes(UTF_8));
    // Cookies are those of a host with all its ports, so each home has a name of its own.
    this.cookie = "troupe_" + hmac.textOf("dashboard cookie").substring(0, NAME_LENGTH);
    this.value = Pattern.compile(cookie + "=([0-9]{1,12})\\.([A-Za-z0-9_-]+)");
  }

  /** The value of a Set-Cookie header that begins a session. */
  String begin() {
    long end = clock.instant().plus(LENGTH).getEpochSecond();
    return "%s=%d.%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict"
        .formatted(cookie, end, signature(end), LENGTH.toSeconds());
  }

  /**
   * @param header the value of a Cookie header
   */
  boolean isIn(String header) {
    for (String pair : header.split(";", -1)) {
      Matcher matcher = value.matcher(pair.strip());
      if (matcher.matches() && isValid(Long.parseLong(matcher.group(1)), matcher.group(2))) {
        return true;
      }
    }
    return false;
  }

  private boolean isValid(long end, String signature) {
    return clock.instant().getEpochSecond() < end
        && MessageDigest.isEqual(signature.getBytes(UTF_8), signature(end).getBytes(UTF_8));
  }

  private String signature(long end) {
    return hmac.textOf("dashboard session " + end);
  }
}
