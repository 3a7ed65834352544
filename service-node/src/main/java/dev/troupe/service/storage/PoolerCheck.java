package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Finds out whether a connection has a server session of its own. The schema, the locks and the
 * prepared statements of a store are state of the session; a pooler that lends sessions for one
 * transaction mixes up those of several services.
 */
final class PoolerCheck {
  // A pooler may use all its other sessions before it uses the same one again.
  private static final int ROUNDS = 100;

  private PoolerCheck() {}

  /**
   * @param place of the server, for messages
   * @throws UnusableStorageException when a pooler gives a connection several sessions
   */
  static void requireOwnSessions(DataSource source, String place)
      throws SQLException, UnusableStorageException {
    try (Connection first = source.getConnection()) {
      int session = session(first);
      // A pooler reports process ids of its own.
      if (first.unwrap(PGConnection.class).getBackendPID() == session) {
        return;
      }
      try (Connection second = source.getConnection()) {
        for (int i = 0; i < ROUNDS; i++) {
          if (session(second) == session || session(first) != session) {
            throw new UnusableStorageException(
                ("%s is a connection pooler that lends sessions for one transaction (like"
                        + " pool_mode = transaction of pgbouncer), but Troupe relies on the state"
                        + " of its sessions. Set pool_mode = session for this database, or set"
                        + " troupe.storage.url to the server itself")
                    .formatted(place));
          }
        }
      }
    }
  }

  private static int session(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
