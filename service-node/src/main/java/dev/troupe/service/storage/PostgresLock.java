package dev.troupe.service.storage;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32;

/**
 * An advisory lock that the instances of one service share.
 *
 * @param purpose tells the locks of one schema apart
 */
record PostgresLock(int purpose, int schema) {
  // Arbitrary, so that other users of advisory locks in the database are unlikely to have them.
  private static final int WRITES = 0x74726f75;
  private static final int OPENING = 0x74726f76;

  /** Makes the writes of all instances one after the other, as SQLite does. */
  static PostgresLock ofWrites(String schema) {
    return new PostgresLock(WRITES, checksum(schema));
  }

  /** Makes one instance at a time bring the schema up to date. */
  static PostgresLock ofOpening(String schema) {
    return new PostgresLock(OPENING, checksum(schema));
  }

  private static int checksum(String schema) {
    CRC32 checksum = new CRC32();
    checksum.update(schema.getBytes(StandardCharsets.UTF_8));
    return (int) checksum.getValue();
  }

  /** Waits for it and keeps it to the end of the transaction. */
  void takeInTransaction(Connection connection) throws SQLException {
    execute(connection, "SELECT pg_advisory_xact_lock(%d, %d)");
  }

  /** Waits for it and keeps it until the connection is closed. */
  void takeInSession(Connection connection) throws SQLException {
    execute(connection, "SELECT pg_advisory_lock(%d, %d)");
  }

  private void execute(Connection connection, String call) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(call.formatted(purpose, schema));
    }
  }
}
