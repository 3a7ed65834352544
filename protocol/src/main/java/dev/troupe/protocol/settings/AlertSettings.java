package dev.troupe.protocol.settings;

import dev.troupe.protocol.webhook.Signature;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who is told when something is not well, beside the log of the seed node.
 *
 * @param webhook where a signed JSON object is posted for each alert; null for nowhere
 * @param secret the key of the signature
 * @param slack a webhook that takes {@code {"text": "…"}}, as Slack and others do; null for none
 * @param mail null for no mails
 * @param remindAfter when an alert that lasts is told again
 */
public record AlertSettings(
    boolean enabled,
    @Nullable URI webhook,
    Secret secret,
    @Nullable URI slack,
    @Nullable AlertMailSettings mail,
    Duration remindAfter) {
  static AlertSettings read(Section section) {
    return Section.finish(
        section,
        s -> {
          AlertSettings alerts =
              new AlertSettings(
                  s.flag("enabled"),
                  url(s, "webhook"),
                  s.secret("secret"),
                  url(s, "slack"),
                  AlertMailSettings.read(s.section("mail")),
                  s.duration("remind-after", Duration.ofMinutes(1), Duration.ofDays(30)));
          if (alerts.webhook() != null && !Signature.isUsable(alerts.secret().value())) {
            throw s.problem(
                "secret",
                "'secret' cannot be used with 'webhook' (expected: at least 16 characters, or whsec_"
                    + " and Base64; for example what `openssl rand -base64 32` prints)");
          }
          return alerts;
        });
  }

  private static @Nullable URI url(Section s, String key) {
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
