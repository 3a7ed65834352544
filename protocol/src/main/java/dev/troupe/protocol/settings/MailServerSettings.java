package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * The settings of a mail server.
 *
 * @param user to log in as; empty for no login
 * @param tls how the connection is protected; the server's certificate must be valid for its name
 * @param timeout of connecting, and of each step of the protocol
 */
public record MailServerSettings(
    String host, int port, Tls tls, String user, Secret password, Duration timeout) {
  /** How a connection is protected. */
  public enum Tls {
    NONE,
    STARTTLS,
    IMPLICIT
  }

  /** Reads the keys of the server, which may have others beside them. */
  public static MailServerSettings read(Section s) {
    return read(s, s.string("host"));
  }

  static MailServerSettings read(Section s, String host) {
    return new MailServerSettings(
        host,
        s.integer("port", 1, 65_535),
        s.choice("tls", Tls.class),
        s.secret("user").value(),
        s.secret("password"),
        s.duration("timeout", Duration.ofMillis(1), Duration.ofMinutes(1)));
  }
}
