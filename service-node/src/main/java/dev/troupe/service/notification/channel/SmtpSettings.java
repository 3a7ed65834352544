package dev.troupe.service.notification.channel;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.settings.MailServerSettings;
import dev.troupe.protocol.settings.Section;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/**
 * How notifications are mailed.
 *
 * @param parallel connections at a time, 1 to 16
 */
record SmtpSettings(MailServerSettings server, InternetAddress from, String subject, int parallel)
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

  static SmtpSettings read(Section s) {
    s.has("kind");
    return new SmtpSettings(
        MailServerSettings.read(s),
        address(s, "from"),
        s.string("subject"),
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
