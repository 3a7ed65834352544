package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** What differs between database engines. */
interface Database {
  /** A connection in auto-commit mode, set up as this engine needs it. */
  Connection connect() throws SQLException;

  /**
   * Begins a transaction that may write, waiting a bounded time for other processes to end theirs.
   *
   * @throws SQLException when it has not begun
   */
  void begin(Connection connection) throws SQLException;

  /**
   * @throws SQLException when the store can't be used now
   */
  void check(Connection connection) throws SQLException;
}
