package dev.troupe.service.storage;

import dev.troupe.protocol.settings.ServerSettings;
import dev.troupe.protocol.settings.StorageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The whole data of one service, to be moved between engines while the service does not run. */
public final class DataStore implements AutoCloseable {
  // Migrations make them anew.
  private static final Set<String> OF_THE_ENGINE =
      Set.of(
          "flyway_schema_history",
          SchemaMarker.TABLE,
          StoreIdRow.TABLE,
          IdempotencyTable.COUNT_TABLE);

  private final Database database;
  private final Connection connection;
  private final Ids ids;

  private DataStore(Database database, Ids ids) throws SQLException {
    this.database = database;
    this.ids = ids;
    this.connection = database.borrow();
    database.begin(connection);
  }

  /** Nothing when the service never had a store. */
  public static Optional<DataStore> existing(
      String service, StorageSettings settings, Path temporary)
      throws IOException, SQLException, UnusableStorageException {
    ServerSettings server = settings.server();
    if (server != null) {
      PostgresDatabase database = PostgresStorage.unopened(service, settings, server);
      return Optional.of(new DataStore(database, new Ids.Postgres()));
    }
    Path file = SqliteStorage.file(settings.directory(), service);
    if (!SqliteBackup.isExpected(file)) {
      return Optional.empty();
    }
    NativeLibrary.prepare(temporary);
    new StoreIdFile(file).requireContent();
    SqliteDatabase database = new SqliteDatabase(file, settings.busyTimeout());
    try {
      return Optional.of(new DataStore(database, new Ids.Sqlite()));
    } catch (SQLException e) {
      throw new UnusableStorageException(database.explained(e), e);
    }
  }

  /** What it is that failed, with the name of the file if it is one. */
  public UnusableStorageException explained(SQLException failure) {
    return new UnusableStorageException(database.explained(failure), failure);
  }

  /** The store of a service, created by its migrations if it is not there. */
  public static DataStore migrated(
      String service, StorageSettings settings, String migrations, Path temporary)
      throws IOException, SQLException, UnusableStorageException {
    try (QueuedStorage storage = ServiceStorage.open(service, settings, migrations, temporary)) {
      storage.check();
    }
    return existing(service, settings, temporary).orElseThrow();
  }

  /**
   * The class path folder its schema came from.
   *
   * @return nothing when the store was never opened by a service
   */
  public Optional<String> migrations() throws SQLException {
    return SchemaMarker.read(database, connection).map(SchemaMarker::migrations);
  }

  /** The version of its schema, which both sides of a move must have. */
  public String version() throws SQLException {
    return Rows.strings(
            connection,
            "SELECT version FROM flyway_schema_history WHERE success"
                + " AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")
        .stream()
        .findFirst()
        .orElse("none");
  }

  /** What holds data, the stored replies included. */
  public List<String> tables() throws SQLException {
    return database.tables(connection).stream()
        .filter(table -> !OF_THE_ENGINE.contains(table))
        .toList();
  }

  /** In the transaction of the store; ends with {@link #commit} or is undone. */
  public Connection connection() {
    return connection;
  }

  public long count(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM \"" + table + "\"")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The id that the database gave last in {@code table}, if it remembers. */
  public OptionalLong lastId(String table) throws SQLException {
    return ids.last(connection, table);
  }

  /**
   * Lets the ids that the database gives go on after those that were imported.
   *
   * @param last given before, even if its row is gone; 0 if nobody remembers
   */
  public void continueIds(String table, long last) throws SQLException {
    ids.continueAfter(connection, table, last);
  }

  public void commit() throws SQLException {
    IdempotencyTable.recount(connection);
    database.commit(connection);
    database.begin(connection);
  }

  @Override
  public void close() throws SQLException {
    try {
      database.rollback(connection);
    } finally {
      database.giveBack(connection);
      database.close();
    }
  }
}
