package dev.troupe.service.notification.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.service.text.EmailAddress;
import dev.troupe.service.text.VisibleCharacters;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns one connection to the mail server, made when the first mail needs it. */
final class SmtpSession implements ChannelSession {
  private static final Logger log = LoggerFactory.getLogger(SmtpSession.class);

  private final Session mail;
  private final SmtpSettings settings;
  private final Recipients recipients;
  private @Nullable Transport transport;
  private @Nullable String unreachable;

  SmtpSession(Session mail, SmtpSettings settings, Recipients recipients) {
    this.mail = mail;
    this.settings = settings;
    this.recipients = recipients;
  }

  /** A mail that has the same id at every attempt. */
  private static final class Mail extends MimeMessage {
    private final String id;

    Mail(Session mail, String id) {
      super(mail);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  @Override
  public DeliveryResult deliver(OutgoingNotification delivery) {
    Recipients.Answer answer = recipients.find(delivery.userId());
    if (answer instanceof Recipients.Answer.Found found) {
      return sendTo(found.email(), delivery);
    }
    return answer instanceof Recipients.Answer.Unknown unknown
        ? new DeliveryResult.Failed(unknown.why())
        : new DeliveryResult.Undeliverable("user %d no longer exists".formatted(delivery.userId()));
  }

  private DeliveryResult sendTo(String email, OutgoingNotification delivery) {
    Optional<InternetAddress> address = EmailAddress.parse(email);
    if (address.isEmpty()) {
      return new DeliveryResult.Undeliverable(
          "'%s' is not one address".formatted(VisibleCharacters.of(email)));
    }
    InternetAddress to = address.get();
    try {
      Transport connected = connected();
      if (connected == null) {
        return new DeliveryResult.Failed(String.valueOf(unreachable));
      }
      MimeMessage message = message(to, delivery);
      connected.sendMessage(message, message.getAllRecipients());
      return DeliveryResult.Delivered.INSTANCE;
    } catch (MessagingException e) {
      return refused(e);
    }
  }

  // After one timeout the server is not tried again for each mail of the batch.
  private @Nullable Transport connected() throws MessagingException {
    if (transport == null && unreachable == null) {
      Transport created = mail.getTransport();
      try {
        created.connect();
        transport = created;
      } catch (MessagingException e) {
        unreachable = why(e);
      }
    }
    return transport;
  }

  private MimeMessage message(InternetAddress to, OutgoingNotification delivery)
      throws MessagingException {
    MimeMessage message =
        new Mail(mail, "<%s@%s>".formatted(delivery.key(), domain(settings.from())));
    message.setFrom(settings.from());
    message.setRecipient(MimeMessage.RecipientType.TO, to);
    message.setSubject(settings.subject(), UTF_8.name());
    message.setText(delivery.message(), UTF_8.name());
    message.setSentDate(Date.from(delivery.createdAt()));
    // RFC 3834: asks mail programs to send no absence notice.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  private static String domain(InternetAddress address) {
    return address.getAddress().substring(address.getAddress().lastIndexOf('@') + 1);
  }

  private DeliveryResult refused(MessagingException e) {
    close();
    if (e instanceof SendFailedException
        && e.getNextException() instanceof SMTPAddressFailedException address
        && address.getReturnCode() >= 500) {
      return new DeliveryResult.Undeliverable(why(address));
    }
    return new DeliveryResult.Failed(why(e));
  }

  private String why(MessagingException e) {
    return "%s:%d: %s"
        .formatted(
            settings.server().host(),
            settings.server().port(),
            VisibleCharacters.of(String.valueOf(e.getMessage()).strip()));
  }

  @Override
  public void close() {
    if (transport == null) {
      return;
    }
    try {
      transport.close();
    } catch (MessagingException e) {
      log.debug("the mail server did not say goodbye: {}", e.getMessage());
    }
    transport = null;
  }
}
