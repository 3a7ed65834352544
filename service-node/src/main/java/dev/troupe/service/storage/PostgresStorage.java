package dev.troupe.service.storage;

import dev.troupe.protocol.settings.ServerSettings;
import dev.troupe.protocol.settings.StorageSettings;
import dev.troupe.service.clock.WallClock;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/** Opens the store of a service that keeps its data in a schema of a PostgreSQL database. */
final class PostgresStorage {
  private static final String ENGINE = "postgresql";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TOOL_STATEMENT_TIMEOUT = Duration.ofHours(1);
  private static final Duration TOOL_CONNECT_TIMEOUT = Duration.ofSeconds(15);

  private final String service;
  private final String name;
  private final ServerSettings server;
  private final PGSimpleDataSource source;
  private final PostgresDatabase database;
  private final Schema schema;

  private PostgresStorage(
      String service, StorageSettings settings, ServerSettings server, String migrations)
      throws UnusableStorageException, IOException {
    this.service = service;
    this.name = SchemaName.of(service);
    this.server = server;
    this.schema = new Schema(migrations, MigrationFiles.folderFor(ENGINE, migrations));
    // Not from the pool, whose statement timeout is too short for migrations.
    this.source = PostgresSources.of(service, server);
    PostgresOpening opening = new PostgresOpening(service, this::prepare, PAUSE);
    this.database = new PostgresDatabase(service, name, settings, server, opening);
    opening.begin();
  }

  /**
   * Opens the schema of {@code service} and brings it up to date. A database that can't be opened
   * now is tried again until it can; till then the store is unavailable and its check says why.
   * Blocks for the first attempt.
   *
   * @param migrations class path folder of the Flyway migrations
   * @throws UnusableStorageException when no attempt could succeed
   */
  static QueuedStorage open(
      String service, StorageSettings settings, ServerSettings server, String migrations)
      throws UnusableStorageException {
    quieten();
    try {
      PostgresStorage opened = new PostgresStorage(service, settings, server, migrations);
      return new QueuedStorage(
          service,
          opened.database,
          new IdempotencyStore(settings.idempotency(), WallClock.system()),
          settings.readers(),
          settings.maxQueued());
    } catch (IOException e) {
      throw new UnusableStorageException(
          "the migrations in %s cannot be read: %s".formatted(migrations, e), e);
    }
  }

  /**
   * The database of {@code service} as it is, for a tool: no request waits, so a connection may
   * take 15 s and a statement 1 h.
   */
  static PostgresDatabase unopened(String service, StorageSettings settings, ServerSettings server)
      throws UnusableStorageException {
    quieten();
    PostgresOpening asItIs = new PostgresOpening(service, () -> {}, PAUSE);
    asItIs.begin();
    Duration configured = server.connectTimeout();
    ServerSettings forTools =
        new ServerSettings(
            server.url(),
            server.user(),
            server.password(),
            configured.compareTo(TOOL_CONNECT_TIMEOUT) > 0 ? configured : TOOL_CONNECT_TIMEOUT,
            TOOL_STATEMENT_TIMEOUT);
    return new PostgresDatabase(service, SchemaName.of(service), settings, forTools, asItIs);
  }

  private void prepare() throws UnusableStorageException {
    try {
      PoolerCheck.requireOwnSessions(source, server.place());
    } catch (SQLException e) {
      throw explained(e, e);
    }
    try (Connection connection = source.getConnection()) {
      PostgresLock.ofOpening(name).takeInSession(connection);
      createSchema(connection);
      if (!schema.isUpToDate(database, connection)) {
        Migrations.run(
            source,
            database,
            connection,
            "schema %s of %s".formatted(name, server.place()),
            schema.folder(),
            name);
        schema.complete(database, connection);
      }
      StoreIdentity found = StoreIdentity.read(database, connection);
      if (found.id().isEmpty() || found.service().isEmpty()) {
        String id = found.id().orElseGet(() -> UUID.randomUUID().toString());
        new StoreIdRow(id, service).write(database, connection);
      }
    } catch (SQLException e) {
      throw explained(e, e);
    } catch (FlywayException | IOException e) {
      throw explained(e, causeIn(e));
    }
  }

  private void createSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A user without the right to create a schema may still use one that exists.
      if (!exists(connection)) {
        statement.execute("CREATE SCHEMA \"%s\"".formatted(name));
      }
      statement.execute("SET search_path TO \"%s\"".formatted(name));
    }
  }

  private boolean exists(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
      select.setString(1, name);
      return select.executeQuery().next();
    }
  }

  private UnusableStorageException explained(Exception e, @Nullable SQLException cause) {
    if (cause == null) {
      return new UnusableStorageException(
          "schema %s of %s cannot be brought up to date by the migrations in %s: %s"
              .formatted(name, server.place(), schema.folder(), e.getMessage()),
          e);
    }
    String wayOut = PostgresFailures.wayOut(cause.getSQLState(), server.place(), server.user());
    return new UnusableStorageException(
        "%s: %s (%s)".formatted(service, wayOut, cause.getMessage()), e);
  }

  // A wrong migration has an SQLException too, but the message of Flyway says more.
  private static @Nullable SQLException causeIn(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e && PostgresFailures.isUnavailable(e)) {
        return e;
      }
    }
    return null;
  }

  // The pool logs each start; this class logs what matters.
  private static void quieten() {
    if (LoggerFactory.getLogger("com.zaxxer.hikari")
        instanceof ch.qos.logback.classic.Logger logger) {
      logger.setLevel(ch.qos.logback.classic.Level.ERROR);
    }
  }
}
