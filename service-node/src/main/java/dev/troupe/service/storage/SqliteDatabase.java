package dev.troupe.service.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** One SQLite file that several processes of a host may share. */
final class SqliteDatabase implements Database {
  private static final Logger log = LoggerFactory.getLogger(SqliteDatabase.class);
  private static final int LOOK_AGAIN_MILLIS = 5;

  private final Path file;
  private final Duration busyTimeout;
  private final SQLiteConfig config = new SQLiteConfig();
  private final SQLiteDataSource dataSource;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile @Nullable Object identity;

  SqliteDatabase(Path file, Duration busyTimeout) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // With NORMAL a power loss would take back writes that were acknowledged.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    config.enforceForeignKeys(true);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    this.dataSource =
        new SQLiteDataSource(config) {
          @Override
          public Connection getConnection() throws SQLException {
            return new StatementCachingConnection(getUrl(), file.toString(), config.toProperties());
          }
        };
    dataSource.setUrl("jdbc:sqlite:" + file);
  }

  SQLiteDataSource dataSource() {
    return dataSource;
  }

  /** Gives the connections for migrations. */
  DataSource migrationSource() {
    return new SqliteMigrationSource(config, dataSource.getUrl(), busyTimeout);
  }

  /** To be called once the file exists. A file that vanishes later is not created again. */
  void created() {
    config.resetOpenMode(SQLiteOpenMode.CREATE);
  }

  // Opening a connection costs more than a statement.
  @Override
  public Connection borrow() throws SQLException {
    Connection connection = idle.poll();
    return connection == null ? dataSource.getConnection() : connection;
  }

  @Override
  public void giveBack(Connection connection) {
    idle.push(connection);
  }

  // IMMEDIATE, since a transaction that begins to write later can fail at once as busy.
  @Override
  public void begin(Connection connection) throws SQLException {
    long end = System.nanoTime() + busyTimeout.toNanos();
    // SQLite itself would retry ever more rarely, and a busy process would starve this one.
    connection.unwrap(SQLiteConnection.class).setBusyTimeout(LOOK_AGAIN_MILLIS);
    try (Statement statement = connection.createStatement()) {
      while (!begun(statement, System.nanoTime() - end < 0)) {}
    }
  }

  private static boolean begun(Statement statement, boolean mayWait) throws SQLException {
    try {
      statement.execute("BEGIN IMMEDIATE");
      return true;
    } catch (SQLiteException e) {
      if (mayWait && e.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    execute(connection, "ROLLBACK");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void check() throws SQLException {
    requireSameFile();
    Connection connection = borrow();
    try {
      execute(connection, "SELECT count(*) FROM sqlite_schema");
    } finally {
      giveBack(connection);
    }
  }

  @Override
  public boolean isUnavailable(SQLException failure) {
    return SqliteFailures.isUnavailable(failure);
  }

  @Override
  public boolean isOfTheStore(SQLException failure) {
    return SqliteFailures.isUnavailable(failure);
  }

  @Override
  public boolean isDamage(SQLException failure) {
    return SqliteFailures.isDamage(failure);
  }

  @Override
  public String explained(SQLException failure) {
    String wayOut = failure instanceof SQLiteException e ? SqliteFailures.wayOut(file, e) : null;
    return wayOut == null ? String.valueOf(failure.getMessage()) : "%s %s".formatted(file, wayOut);
  }

  @Override
  public String summary(SQLException failure) {
    return SqliteFailures.summary(failure);
  }

  @Override
  public boolean isOfWriting(SQLException failure) {
    return SqliteFailures.isOfWriting(failure);
  }

  @Override
  public Optional<String> damage() throws SQLException {
    return damage("PRAGMA quick_check(1)");
  }

  /** Like {@link #damage()}, and also compares the indexes with their tables. */
  Optional<String> anyDamage() throws SQLException {
    return damage("PRAGMA integrity_check(1)");
  }

  private Optional<String> damage(String pragma) throws SQLException {
    // A connection of its own, so that the cache is freed with it.
    try (Connection connection = dataSource.getConnection()) {
      List<String> found = Rows.strings(connection, pragma);
      return found.equals(List.of("ok")) ? Optional.empty() : Optional.of(damaged(found.get(0)));
    } catch (SQLException e) {
      if (SqliteFailures.isDamage(e)) {
        return Optional.of(damaged(String.valueOf(e.getMessage())));
      }
      throw e;
    }
  }

  private String damaged(String detail) {
    log.warn("{}: {}", file, detail.replace('\n', ' '));
    return "%s %s".formatted(file, SqliteFailures.damaged());
  }

  @Override
  public String bytesType() {
    return "BLOB";
  }

  /** Never: a commit to a file always returns while the process lives. */
  @Override
  public boolean leavesOpen(SQLException failure) {
    return false;
  }

  @Override
  public String createAnswers() {
    return """
    CREATE TABLE IF NOT EXISTS troupe_answers (
      id              INTEGER PRIMARY KEY,
      idempotency_key TEXT    NOT NULL UNIQUE,
      fingerprint     TEXT    NOT NULL,
      status          TEXT    NOT NULL,
      body            BLOB    NOT NULL,
      kept_at         INTEGER NOT NULL
    )
    """;
  }

  @Override
  public String numberedType() {
    return "INTEGER PRIMARY KEY AUTOINCREMENT";
  }

  @Override
  public List<String> tables(Connection connection) throws SQLException {
    return Rows.strings(
        connection,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE"
            + " '\\' ORDER BY name");
  }

  @Override
  public void close() {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      try {
        connection.close();
      } catch (SQLException e) {
        log.warn("a connection to {} did not close: {}", file, e.getMessage());
      }
    }
  }

  // A write to a file that was deleted or replaced succeeds and is lost.
  private void requireSameFile() throws SQLException {
    Object current;
    try {
      current = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new SQLException(file + " is gone: restart the service", e);
    }
    if (identity == null) {
      identity = current;
    }
    if (!Objects.equals(identity, current)) {
      throw new SQLException(file + " was replaced while in use: restart the service");
    }
  }
}
