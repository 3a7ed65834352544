package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The table of one row that tells a store from all others, and that is written to as a probe. */
final class StoreMark {
  static final String TABLE = "troupe_store";
  // More than one page, so that a full disk has no room for it by chance.
  private static final int PROBE_BYTES = 32 << 10;

  private StoreMark() {}

  /** Nothing in a store that was never opened, or by an earlier version. */
  static Optional<String> read(Database database, Connection connection) throws SQLException {
    if (!database.tables(connection).contains(TABLE)) {
      return Optional.empty();
    }
    return Rows.strings(connection, "SELECT id FROM troupe_store").stream().findFirst();
  }

  static void write(Database database, Connection connection, String id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS troupe_store (id TEXT NOT NULL, probe %s)"
              .formatted(database.bytesType()));
      statement.execute("DELETE FROM troupe_store");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO troupe_store (id) VALUES (?)")) {
      insert.setString(1, id);
      insert.executeUpdate();
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
