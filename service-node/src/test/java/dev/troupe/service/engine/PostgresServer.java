package dev.troupe.service.engine;

import dev.troupe.protocol.settings.Secret;
import dev.troupe.protocol.settings.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL on a free port, one for all tests of a JVM; it ends with that. */
public final class PostgresServer {
  private static final String USER = "postgres";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  private static final class Holder {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Creates a database of its own for a test. */
  public static String newDatabase() {
    return copyOf("template1");
  }

  /**
   * Creates a database as {@code template} is, much faster than by migrations.
   *
   * @param template one that nobody is connected to
   */
  static String copyOf(String template) {
    String name = "test" + DATABASES.incrementAndGet();
    administer("CREATE DATABASE %s TEMPLATE %s".formatted(name, template));
    return name;
  }

  public static ServerSettings settings(String database) {
    return new ServerSettings(
        new Secret(Holder.SERVER.getJdbcUrl(USER, database)),
        USER,
        new Secret(""),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2));
  }

  /** As an administrator would, in another database. */
  public static void administer(String sql) {
    try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
