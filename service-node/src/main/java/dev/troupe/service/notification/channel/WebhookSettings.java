package dev.troupe.service.notification.channel;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.settings.Secret;
import dev.troupe.protocol.settings.Section;
import dev.troupe.protocol.webhook.Signature;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * The settings of a webhook.
 *
 * @param secret the key of the signature, at least 16 characters
 * @param timeout of connecting, and of the whole exchange
 * @param parallel posts at a time, 1 to 64
 */
record WebhookSettings(URI url, Secret secret, Duration timeout, int parallel)
    implements ChannelSettings {
  static final Config DEFAULTS = ConfigFactory.parseString("timeout = 10s, parallel = 4");

  static WebhookSettings read(Section s) {
    s.has("kind");
    return new WebhookSettings(
        url(s, "url"),
        secret(s, "secret"),
        s.duration("timeout", Duration.ofMillis(1), Duration.ofMinutes(1)),
        s.integer("parallel", 1, 64));
  }

  private static URI url(Section s, String key) {
    String expected = "a URL like https://example.org/hook";
    try {
      URI url = new URI(s.string(key));
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      s.require(key, http && url.getHost() != null && url.getUserInfo() == null, expected);
      return url;
    } catch (URISyntaxException e) {
      s.require(key, false, expected);
      throw new IllegalStateException(e);
    }
  }

  private static Secret secret(Section s, String key) {
    Secret secret = s.secret(key);
    if (!Signature.isUsable(secret.value())) {
      throw s.problem(
          key,
          "'secret' cannot be used (expected: at least 16 characters, or whsec_ and Base64; for"
              + " example what `openssl rand -base64 32` prints)");
    }
    return secret;
  }

  @Override
  public Channel open(Recipients recipients) {
    return new WebhookChannel(this);
  }
}
