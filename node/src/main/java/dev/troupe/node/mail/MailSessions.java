package dev.troupe.node.mail;

import dev.troupe.protocol.settings.MailServerSettings;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Properties;

/** Makes the session by which mails are sent through one server. */
public final class MailSessions {
  private MailSessions() {}

  /** A session for this server; nothing is connected yet. */
  public static Session of(MailServerSettings server) {
    return Session.getInstance(properties(server), login(server));
  }

  // For the names of the properties see the package org.eclipse.angus.mail.smtp.
  private static Properties properties(MailServerSettings server) {
    String millis = Long.toString(server.timeout().toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", server.host());
    properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
    properties.setProperty("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (server.tls()) {
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT -> properties.setProperty("mail.smtp.ssl.enable", "true");
      case NONE -> {}
    }
    return properties;
  }

  private static Authenticator login(MailServerSettings server) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(server.user(), server.password().value());
      }
    };
  }
}
