package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What differs between database engines. Thread-safe; its connections are not. */
interface Database extends AutoCloseable {
  /**
   * A connection in auto-commit mode, set up as this engine needs it, to be given back.
   *
   * @throws SQLException when there is none now
   */
  Connection borrow() throws SQLException;

  void giveBack(Connection connection);

  /**
   * Begins a transaction that may write, waiting a bounded time for other processes to end theirs:
   * writes of all instances of a service are one after the other.
   *
   * @throws SQLException when it has not begun
   */
  void begin(Connection connection) throws SQLException;

  void commit(Connection connection) throws SQLException;

  void rollback(Connection connection) throws SQLException;

  /**
   * @throws SQLException when the store can't be used now
   */
  void check() throws SQLException;

  /** Whether it is the database that can't, now, and not the statement that is wrong. */
  boolean isUnavailable(SQLException failure);

  /** Whether what was to be committed may have been, although {@code commit} failed so. */
  boolean leavesOpen(SQLException failure);

  /** What creates the table of {@link KeptAnswers} unless it is there. */
  String createAnswers();

  /** The tables of the service and of the store itself, sorted. */
  List<String> tables(Connection connection) throws SQLException;

  @Override
  void close();
}
