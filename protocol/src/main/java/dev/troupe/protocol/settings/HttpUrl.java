package dev.troupe.protocol.settings;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads settings that are URLs of other systems. */
final class HttpUrl {
  private HttpUrl() {}

  /**
   * The value of {@code key}; null if it is empty.
   *
   * @throws SettingsException when it is no URL of HTTP, or has a user name in it
   */
  static @Nullable URI optional(Section s, String key) {
    String text = s.secret(key).value();
    if (text.isEmpty()) {
      return null;
    }
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException unusable) {
      // The message below says what is expected. The URL may hold a token, so it is not shown.
    }
    throw s.problem(key, "'%s' is no URL (expected: like https://example.org/hook)".formatted(key));
  }
}
