package dev.troupe.service.notification.channel;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Properties;

/** Mails notifications to the addresses of their users. */
final class SmtpChannel implements Channel {
  private final SmtpSettings settings;
  private final Recipients recipients;
  private final Session mail;

  SmtpChannel(SmtpSettings settings, Recipients recipients) {
    this.settings = settings;
    this.recipients = recipients;
    this.mail = Session.getInstance(properties(settings), login(settings));
  }

  // For the names of the properties see the package org.eclipse.angus.mail.smtp.
  private static Properties properties(SmtpSettings settings) {
    String millis = Long.toString(settings.timeout().toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", settings.host());
    properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    properties.setProperty("mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (settings.tls()) {
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT -> properties.setProperty("mail.smtp.ssl.enable", "true");
      case NONE -> {}
    }
    return properties;
  }

  private static Authenticator login(SmtpSettings settings) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(settings.user(), settings.password().value());
      }
    };
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
