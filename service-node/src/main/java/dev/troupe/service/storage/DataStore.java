package dev.troupe.service.storage;

import dev.troupe.protocol.settings.ServerSettings;
import dev.troupe.protocol.settings.StorageSettings;
import dev.troupe.service.background.BackgroundTables;
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
  // The migrations create these tables again.
  private static final Set<String> OF_THE_ENGINE =
      Set.of(
          "flyway_schema_history",
          SchemaMarker.TABLE,
          KnownMigrations.TABLE,
          StoreIdRow.TABLE,
          IdempotencyTable.COUNT_TABLE,
          BackgroundTables.LEASE_TABLE);

  private final Database database;
  private final Connection connection;
  private final Ids ids;

  private DataStore(Database database, Ids ids) throws SQLException {
    this.database = database;
    this.ids = ids;
    this.connection = database.borrow();
    database.begin(connection);
  }

  /** Opens the store of a service; empty if the service never had one. */
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

  /** Describes a failure, with the name of the file if the store is a file. */
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

  /** The tables with data, among them the one of stored replies. */
  public List<String> tables() throws SQLException {
    return database.tables(connection).stream()
        .filter(table -> !OF_THE_ENGINE.contains(table))
        .toList();
  }

  /** A connection with an open transaction, which {@link #commit} commits and closing undoes. */
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

  /** The id that the database assigned last in {@code table}, if the database stores it. */
  public OptionalLong lastId(String table) throws SQLException {
    return ids.last(connection, table);
  }

  /**
   * Makes the database assign ids greater than those that were imported.
   *
   * @param last the last id that was assigned, even if its row is deleted; 0 if it is not known
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
