package dev.troupe.service.storage;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An advisory lock that the instances of one service share.
 *
 * @param purpose tells the locks of one schema apart
 */
record PostgresLock(int purpose, int schema) {
  // Arbitrary numbers that other users of advisory locks are unlikely to choose.
  private static final int WRITES = 0x74726f75;
  private static final int OPENING = 0x74726f76;

  /** Orders the writes of all instances one after the other, as SQLite does. */
  static PostgresLock ofWrites(String schema) {
    return new PostgresLock(WRITES, checksum(schema));
  }

  /** Lets one instance at a time migrate the schema. */
  static PostgresLock ofOpening(String schema) {
    return new PostgresLock(OPENING, checksum(schema));
  }

  private static int checksum(String schema) {
    CRC32 checksum = new CRC32();
    checksum.update(schema.getBytes(StandardCharsets.UTF_8));
    return (int) checksum.getValue();
  }

  /**
   * Waits for the lock and holds it to the end of the transaction.
   *
   * @param name of the schema that the session must be in
   * @throws SQLException also when the session is in another schema, where nothing may be written
   */
  void takeInTransaction(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_advisory_xact_lock(%d, %d), current_schema()"
                    .formatted(purpose, schema))) {
      row.next();
      requireSchema(name, row.getString(2));
    }
  }

  /** See {@link PoolerCheck}: what it found at the start may have changed since. */
  static void requireSchema(String expected, @Nullable String found) throws SQLException {
    if (!expected.equals(found)) {
      throw new SQLException(
          ("the session is in schema %s (expected: %s): a pooler between lends sessions for one"
                  + " transaction. Set pool_mode = session for it, or set troupe.storage.url to the"
                  + " server itself")
              .formatted(found, expected));
    }
  }

  /** Waits for the lock and holds it until the connection is closed. */
  void takeInSession(Connection connection) throws SQLException {
    execute(connection, "SELECT pg_advisory_lock(%d, %d)");
  }

  private void execute(Connection connection, String call) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(call.formatted(purpose, schema));
    }
  }
}
