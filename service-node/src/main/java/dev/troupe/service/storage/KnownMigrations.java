package dev.troupe.service.storage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;

/**
 * The table of a store that says which of its migrations are compatible. An older version of the
 * service reads it about migrations whose files it does not have.
 *
 * @param folder of the class path with the files that this version has
 */
record KnownMigrations(String folder) {
  static final String TABLE = "troupe_migrations";

  /** Writes down what the files of this version say about {@code applied}. */
  void write(Connection connection, List<MigrationInfo> applied) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + TABLE
              + " (version TEXT PRIMARY KEY, compatible INTEGER NOT NULL)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + TABLE
                + " (version, compatible) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      for (MigrationInfo migration : applied) {
        if (migration.getVersion() != null) {
          insert.setString(1, migration.getVersion().getVersion());
          insert.setInt(2, isCompatible(migration) ? 1 : 0);
          insert.executeUpdate();
        }
      }
    }
  }

  // A migration in Java has no text that says what it does.
  private boolean isCompatible(MigrationInfo migration) throws IOException {
    return MigrationFiles.text(folder, migration.getScript())
        .map(MigrationCompatibility::isCompatible)
        .orElse(false);
  }

  /** The versions of all migrations that are compatible. */
  Set<String> compatible(Database database, Connection connection) throws SQLException {
    if (!database.tables(connection).contains(TABLE)) {
      return Set.of();
    }
    return Set.copyOf(
        Rows.strings(connection, "SELECT version FROM " + TABLE + " WHERE compatible = 1"));
  }
}
