package dev.troupe.service.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.troupe.protocol.settings.ServerSettings;
import dev.troupe.protocol.settings.StorageSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** One schema of a PostgreSQL database, behind a bounded pool. */
final class PostgresDatabase implements Database {
  // One connection for the writer and one for the readiness check.
  private static final int BESIDE_READERS = 2;
  // The server times out first, since it can say what took so long.
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final String schema;
  private final PostgresLock writes;
  private final PostgresOpening opening;
  private final HikariDataSource pool;

  PostgresDatabase(
      String service,
      String schema,
      StorageSettings settings,
      ServerSettings server,
      PostgresOpening opening) {
    this.schema = schema;
    this.writes = PostgresLock.ofWrites(schema);
    this.opening = opening;
    PGSimpleDataSource source = PostgresSources.of(service, server);
    source.setSocketTimeout(Math.toIntExact(server.statementTimeout().plus(SLACK).toSeconds()));
    HikariConfig config = new HikariConfig();
    config.setPoolName(service);
    config.setDataSource(source);
    config.setMaximumPoolSize(settings.readers() + BESIDE_READERS);
    config.setConnectionTimeout(server.connectTimeout().toMillis());
    config.setValidationTimeout(server.connectTimeout().toMillis() / 2);
    // The pool starts without a connection, and does not fail if there is none.
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(session(schema, settings, server));
    this.pool = new HikariDataSource(config);
  }

  // A process that hangs in a transaction would block the writes of all others.
  private static String session(String schema, StorageSettings settings, ServerSettings server) {
    return ("SET search_path TO \"%s\"; SET statement_timeout = %d; SET lock_timeout = %d;"
            + " SET idle_in_transaction_session_timeout = %d")
        .formatted(
            schema,
            server.statementTimeout().toMillis(),
            settings.busyTimeout().toMillis(),
            server.statementTimeout().toMillis());
  }

  @Override
  public Connection borrow() throws SQLException {
    opening.requireDone();
    try {
      return pool.getConnection();
    } catch (SQLTransientConnectionException e) {
      throw PostgresFailures.withoutPool(e);
    }
  }

  @Override
  public void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The pool replaces the connection.
    }
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    writes.takeInTransaction(connection, schema);
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    connection.rollback();
  }

  @Override
  public void check() throws SQLException {
    Connection connection = borrow();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('transaction_read_only'), current_schema()")) {
      row.next();
      if (row.getString(1).equals("on")) {
        throw new SQLException("the database is read-only now", PostgresFailures.READ_ONLY);
      }
      PostgresLock.requireSchema(schema, row.getString(2));
    } finally {
      giveBack(connection);
    }
  }

  @Override
  public boolean isUnavailable(SQLException failure) {
    return PostgresFailures.isUnavailable(failure);
  }

  @Override
  public boolean isOfTheStore(SQLException failure) {
    return PostgresFailures.isUnavailable(failure) && !PostgresFailures.isTimeout(failure);
  }

  @Override
  public boolean isDamage(SQLException failure) {
    return PostgresFailures.isDamage(failure);
  }

  @Override
  public String explained(SQLException failure) {
    return String.valueOf(failure.getMessage());
  }

  @Override
  public String summary(SQLException failure) {
    return explained(failure);
  }

  @Override
  public boolean isOfWriting(SQLException failure) {
    return PostgresFailures.isOfWriting(failure);
  }

  /** Always empty: the server has tools of its own to find damage. */
  @Override
  public Optional<String> damage() {
    return Optional.empty();
  }

  @Override
  public String bytesType() {
    return "BYTEA";
  }

  @Override
  public boolean leavesOpen(SQLException failure) {
    return PostgresFailures.leavesOpen(failure);
  }

  @Override
  public String createAnswers() {
    return """
    CREATE TABLE IF NOT EXISTS troupe_answers (
      id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
      idempotency_key TEXT   NOT NULL UNIQUE,
      fingerprint     TEXT   NOT NULL,
      status          TEXT   NOT NULL,
      body            BYTEA  NOT NULL,
      kept_at         BIGINT NOT NULL
    )
    """;
  }

  @Override
  public String numberedType() {
    return "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
  }

  @Override
  public List<String> tables(Connection connection) throws SQLException {
    return Rows.strings(
        connection,
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename");
  }

  @Override
  public void close() {
    opening.close();
    pool.close();
  }
}
