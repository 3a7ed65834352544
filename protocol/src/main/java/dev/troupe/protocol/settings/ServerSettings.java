package dev.troupe.protocol.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL server that all services share, each with a schema of its own.
 *
 * @param url of JDBC; secret, since its parameters may hold a password
 * @param user blank when the URL names one
 * @param password blank when the URL has one, or none is needed
 * @param connectTimeout how long work waits for a connection
 * @param statementTimeout how long one statement may take
 */
public record ServerSettings(
    Secret url, String user, Secret password, Duration connectTimeout, Duration statementTimeout) {
  private static final String PREFIX = "jdbc:postgresql:";

  static @Nullable ServerSettings read(Section section) {
    Secret url = section.secret("url");
    String user = section.secret("user").value();
    Secret password = section.secret("password");
    Duration connectTimeout = section.duration("connect-timeout", Limits.SECOND, Limits.HOUR);
    Duration statementTimeout = section.duration("statement-timeout", Limits.SECOND, Limits.HOUR);
    if (url.value().isBlank()) {
      return null;
    }
    if (!url.value().startsWith(PREFIX)) {
      throw section.problem(
          "url",
          "'troupe.storage.url' is no URL of a known database"
              + " (expected: \"jdbc:postgresql://HOST:PORT/DATABASE\", or \"\" for SQLite)");
    }
    return new ServerSettings(url, user, password, connectTimeout, statementTimeout);
  }

  /** The URL without its parameters, to be shown. */
  public String place() {
    int parameters = url.value().indexOf('?');
    return parameters < 0 ? url.value() : url.value().substring(0, parameters);
  }
}
