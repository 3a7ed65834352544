package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A database that counts the transactions begun, and can refuse to begin one. */
final class TransactionCounter implements Database {
  final AtomicInteger begun = new AtomicInteger();
  volatile boolean locked;
  private volatile @Nullable Step failing;
  private volatile CommitLoss loss = CommitLoss.NONE;
  private static final String LOST = "the connection was lost";

  private final Database database;

  TransactionCounter(Database database) {
    this.database = database;
  }

  @Override
  public Connection borrow() throws SQLException {
    failAt(Step.BORROW);
    return database.borrow();
  }

  @Override
  public void giveBack(Connection connection) {
    database.giveBack(connection);
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    if (locked) {
      throw new SQLException("database is locked");
    }
    begun.incrementAndGet();
    database.begin(connection);
    failAt(Step.BEGIN);
  }

  /** Where a driver may fail with something else than an SQLException. */
  enum Step {
    BORROW,
    BEGIN
  }

  void failOnceAt(Step step) {
    failing = step;
  }

  private void failAt(Step step) {
    if (failing == step) {
      failing = null;
      throw new LinkageError("a class of the driver is missing");
    }
  }

  /** How the connection is lost at the next commit. */
  enum CommitLoss {
    NONE,
    BEFORE_IT_WAS_DONE,
    AFTER_IT_WAS_DONE
  }

  void lose(CommitLoss next) {
    loss = next;
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    CommitLoss now = loss;
    loss = CommitLoss.NONE;
    if (now == CommitLoss.BEFORE_IT_WAS_DONE) {
      database.rollback(connection);
    } else {
      database.commit(connection);
    }
    if (now != CommitLoss.NONE) {
      throw new SQLException(LOST);
    }
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    database.rollback(connection);
  }

  @Override
  public void check() throws SQLException {
    database.check();
  }

  @Override
  public boolean isUnavailable(SQLException failure) {
    return database.isUnavailable(failure);
  }

  @Override
  public boolean isOfTheStore(SQLException failure) {
    return database.isOfTheStore(failure);
  }

  @Override
  public boolean isOfWriting(SQLException failure) {
    return database.isOfWriting(failure);
  }

  @Override
  public String summary(SQLException failure) {
    return database.summary(failure);
  }

  @Override
  public boolean isDamage(SQLException failure) {
    return database.isDamage(failure);
  }

  @Override
  public String explained(SQLException failure) {
    return database.explained(failure);
  }

  @Override
  public Optional<String> damage() throws SQLException {
    return database.damage();
  }

  @Override
  public String bytesType() {
    return database.bytesType();
  }

  @Override
  public String numberedType() {
    return database.numberedType();
  }

  @Override
  public boolean leavesOpen(SQLException failure) {
    return LOST.equals(failure.getMessage()) || database.leavesOpen(failure);
  }

  @Override
  public String createAnswers() {
    return database.createAnswers();
  }

  @Override
  public List<String> tables(Connection connection) throws SQLException {
    return database.tables(connection);
  }

  @Override
  public void close() {
    database.close();
  }
}
