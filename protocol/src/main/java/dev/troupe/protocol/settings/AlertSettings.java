package dev.troupe.protocol.settings;

import dev.troupe.protocol.webhook.Signature;
import java.net.URI;
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
                  HttpUrl.optional(s, "webhook"),
                  s.secret("secret"),
                  HttpUrl.optional(s, "slack"),
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
}
