package dev.troupe.service.notification.channel;

import dev.troupe.node.mail.MailSessions;
import jakarta.mail.Session;

/** Mails notifications to the addresses of their users. */
final class SmtpChannel implements Channel {
  private final SmtpSettings settings;
  private final Recipients recipients;
  private final Session mail;

  SmtpChannel(SmtpSettings settings, Recipients recipients) {
    this.settings = settings;
    this.recipients = recipients;
    this.mail = MailSessions.of(settings.server());
  }

  @Override
  public int parallel() {
    return settings.parallel();
  }

  @Override
  public ChannelSession open() {
    return new SmtpSession(mail, settings, recipients);
  }
}
