package dev.troupe.service.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One SQLite file that several processes of a host may share. */
final class SqliteDatabase implements Database {
  private static final int LOOK_AGAIN_MILLIS = 5;

  private final Path file;
  private final Duration busyTimeout;
  private final SQLiteDataSource dataSource;
  private volatile @Nullable Object identity;

  SqliteDatabase(Path file, Duration busyTimeout) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    SQLiteConfig config = new SQLiteConfig();
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
            return new ReusingConnection(getUrl(), file.toString(), config.toProperties());
          }
        };
    dataSource.setUrl("jdbc:sqlite:" + file);
  }

  SQLiteDataSource dataSource() {
    return dataSource;
  }

  @Override
  public Connection connect() throws SQLException {
    return dataSource.getConnection();
  }

  /** The number that was last left in the file by {@link #mark(int)}; 0 in a new one. */
  int mark() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  void mark(int number) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + number);
    }
  }

  // IMMEDIATE, since a transaction that turns into a writer late can fail without waiting.
  @Override
  public void begin(Connection connection) throws SQLException {
    long end = System.nanoTime() + busyTimeout.toNanos();
    // Left to wait by itself SQLite looks ever more rarely, and a busy neighbour starves it.
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
  public void check(Connection connection) throws SQLException {
    requireSameFile();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT count(*) FROM sqlite_schema");
    }
  }

  // Writes to a file that was deleted or replaced succeed, and are lost.
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
