package dev.troupe.service.notification.channel;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.settings.Secret;
import dev.troupe.protocol.settings.Section;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;

/**
 * The settings of a mail server.
 *
 * @param user to log in as; empty for no login
 * @param tls how the connection is protected; the server's certificate must be valid for its name
 * @param timeout of connecting, and of each step of the protocol
 * @param parallel connections at a time, 1 to 16
 */
record SmtpSettings(
    String host,
    int port,
    Tls tls,
    String user,
    Secret password,
    InternetAddress from,
    String subject,
    Duration timeout,
    int parallel)
    implements ChannelSettings {
  static final Config DEFAULTS =
      ConfigFactory.parseString(
          """
          port = 587
          tls = starttls
          user = ""
          password = ""
          subject = Notification
          timeout = 10s
          parallel = 2
          """);

  /** How a connection is protected. */
  enum Tls {
    NONE,
    STARTTLS,
    IMPLICIT
  }

  static SmtpSettings read(Section s) {
    s.has("kind");
    return new SmtpSettings(
        s.string("host"),
        s.integer("port", 1, 65_535),
        s.choice("tls", Tls.class),
        s.secret("user").value(),
        s.secret("password"),
        address(s, "from"),
        s.string("subject"),
        s.duration("timeout", Duration.ofMillis(1), Duration.ofMinutes(1)),
        s.integer("parallel", 1, 16));
  }

  private static InternetAddress address(Section s, String key) {
    String text = s.string(key);
    try {
      return new InternetAddress(text, true);
    } catch (AddressException e) {
      s.require(key, false, "an address like Troupe <troupe@example.org>");
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Channel open(Recipients recipients) {
    return new SmtpChannel(this, recipients);
  }
}
