package dev.troupe.seed.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.node.mail.MailSessions;
import dev.troupe.protocol.settings.AlertMailSettings;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;

/** Mails alerts. */
final class AlertMail {
  private final AlertMailSettings settings;

  AlertMail(AlertMailSettings settings) {
    this.settings = settings;
  }

  /**
   * Sends one mail to all receivers; blocks.
   *
   * @param link to the dashboard; empty if there is none
   * @throws MessagingException when the server does not take it for each of them
   */
  void send(AlertMessage message, String link) throws MessagingException {
    Session session = MailSessions.of(settings.server());
    MimeMessage mail = new MimeMessage(session);
    mail.setFrom(new InternetAddress(settings.from(), true));
    for (String address : settings.to()) {
      mail.addRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
    }
    mail.setSubject("Troupe: " + message.summary(), UTF_8.name());
    mail.setText(message.text(link), UTF_8.name());
    mail.setSentDate(Date.from(message.at()));
    // RFC 3834: asks mail programs to send no absence notice.
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.saveChanges();
    try (Transport transport = session.getTransport()) {
      transport.connect();
      transport.sendMessage(mail, mail.getAllRecipients());
    }
  }
}
