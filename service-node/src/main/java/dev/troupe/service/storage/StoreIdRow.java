package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The table of one row that tells a store from all others, and that is written to as a probe.
 *
 * @param id of the store, also in the copies of it
 * @param service whose store it is; null in one that only earlier versions have opened
 */
record StoreIdRow(String id, @Nullable String service) {
  static final String TABLE = "troupe_store";
  // More than one page, so that a full disk has no room for it by chance.
  private static final int PROBE_BYTES = 32 << 10;

  /** Nothing in a store that was never opened, or by an earlier version. */
  static Optional<StoreIdRow> read(Database database, Connection connection) throws SQLException {
    if (!database.tables(connection).contains(TABLE)) {
      return Optional.empty();
    }
    String service = hasService(connection) ? "service" : "NULL";
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT id, %s FROM troupe_store".formatted(service))) {
      return row.next()
          ? Optional.of(new StoreIdRow(row.getString(1), row.getString(2)))
          : Optional.empty();
    }
  }

  /** Replaces what is there. */
  void write(Database database, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS troupe_store (id TEXT NOT NULL, probe %s)"
              .formatted(database.bytesType()));
      if (!hasService(connection)) {
        statement.execute("ALTER TABLE troupe_store ADD COLUMN service TEXT");
      }
      statement.execute("DELETE FROM troupe_store");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO troupe_store (id, service) VALUES (?, ?)")) {
      insert.setString(1, id);
      insert.setString(2, service);
      insert.executeUpdate();
    }
  }

  // Not in the table that earlier versions created.
  private static boolean hasService(Connection connection) throws SQLException {
    try (ResultSet column =
        connection.getMetaData().getColumns(null, connection.getSchema(), TABLE, "service")) {
      return column.next();
    }
  }

  /** Writes new bytes to several pages: an engine leaves out what is there already. */
  static int probe(Connection connection) throws SQLException {
    byte[] bytes = new byte[PROBE_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE troupe_store SET probe = ?")) {
      update.setBytes(1, bytes);
      return update.executeUpdate();
    }
  }
}
