package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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

  /** Whether the database cannot work now, so that the statement itself is not at fault. */
  boolean isUnavailable(SQLException failure);

  /**
   * Whether a failure of one statement, which {@link #isUnavailable} holds for, will meet others
   * too.
   */
  boolean isOfTheStore(SQLException failure);

  /** Whether the store itself is damaged. */
  boolean isDamage(SQLException failure);

  /** What is wrong and what to do, for operators. */
  String explained(SQLException failure);

  /** What is wrong, for clients: in a few words, without names of files. */
  String summary(SQLException failure);

  /** Whether a failure that {@link #isUnavailable} holds for is one of writes alone. */
  boolean isOfWriting(SQLException failure);

  /**
   * Reads the whole store, as far as that is worth its price. Blocks.
   *
   * @return what is damaged and what to do
   * @throws SQLException when the store could not be read for another reason
   */
  Optional<String> damage() throws SQLException;

  /** Whether a commit that failed with this exception may have been done. */
  boolean leavesOpen(SQLException failure);

  /** The statement that creates the table of {@link IdempotencyTable} unless it exists. */
  String createAnswers();

  /** The SQL type of a primary key whose numbers grow and are never used again. */
  String numberedType();

  /** The SQL type of columns that hold bytes. */
  String bytesType();

  /** The tables of the service and of the store itself, sorted. */
  List<String> tables(Connection connection) throws SQLException;

  @Override
  void close();
}
