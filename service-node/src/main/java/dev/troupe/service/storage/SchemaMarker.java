package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Identifies the schema of a store. It is stored in a table of one row beside the service's tables.
 *
 * @param migrations the class path folder it came from, like {@code db/user}
 * @param fingerprint of the files that were in it, and of the tables of the store itself
 */
record SchemaMarker(String migrations, int fingerprint) {
  static final String TABLE = "troupe_schema";

  /** Empty if the store was never opened. */
  static Optional<SchemaMarker> read(Database database, Connection connection) throws SQLException {
    if (!database.tables(connection).contains(TABLE)) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT migrations, fingerprint FROM troupe_schema")) {
      return row.next()
          ? Optional.of(new SchemaMarker(row.getString(1), row.getInt(2)))
          : Optional.empty();
    }
  }

  void write(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS troupe_schema"
              + " (migrations TEXT NOT NULL, fingerprint BIGINT NOT NULL)");
      statement.execute("DELETE FROM troupe_schema");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO troupe_schema (migrations, fingerprint) VALUES (?, ?)")) {
      insert.setString(1, migrations);
      insert.setInt(2, fingerprint);
      insert.executeUpdate();
    }
  }
}
