package dev.troupe.service.storage;

import dev.troupe.node.metrics.Histogram;
import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.service.StorageUnavailableException;
import dev.troupe.protocol.service.UncertainWriteException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits many writes at the price of one: each runs in a savepoint of its own, so that one that
 * fails is undone alone, and all are answered after the common commit.
 */
final class GroupCommit {
  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  private final String name;
  private final Database database;
  private final FailureClassifier failures;
  private final Histogram durations = new Histogram();

  /**
   * @param name for messages, like {@code UserService}
   * @param failures is told of each that is not the write's own
   */
  GroupCommit(String name, Database database, FailureClassifier failures) {
    this.name = name;
    this.database = database;
    this.failures = failures;
  }

  /**
   * Runs and commits the batch, then completes its tasks. The connection is given back before that:
   * whoever waits for a task finds it in the pool. Never throws: the thread that writes must live.
   *
   * @param tracer takes down each task
   */
  void run(List<StorageTask<?>> batch, Tracer tracer) {
    long begun = System.nanoTime();
    try {
      runAndCommit(batch);
    } catch (RuntimeException | Error e) {
      log.error("[{}] {} writes in doubt, since the driver failed", name, batch.size(), e);
      fail(
          batch,
          new UncertainWriteException(name + ": it is not known whether this was done: " + e, e));
    }
    durations.record(System.nanoTime() - begun);
    batch.forEach(task -> task.record(tracer, "commit"));
    batch.forEach(StorageTask::complete);
  }

  /** How long batches took, from the first statement to the commit. */
  Histogram durations() {
    return durations;
  }

  private void runAndCommit(List<StorageTask<?>> batch) {
    Connection connection;
    try {
      connection = database.borrow();
    } catch (SQLException e) {
      notTaken(batch, e);
      return;
    }
    try {
      runAndCommit(batch, connection);
    } catch (RuntimeException | Error e) {
      abandon(connection);
      throw e;
    } finally {
      database.giveBack(connection);
    }
  }

  private void runAndCommit(List<StorageTask<?>> batch, Connection connection) {
    try {
      database.begin(connection);
    } catch (SQLException e) {
      notTaken(batch, e);
      return;
    }
    try {
      work(batch, connection);
    } catch (SQLException e) {
      undone(batch, connection, e);
      return;
    }
    try {
      database.commit(connection);
    } catch (SQLException e) {
      notCommitted(batch, connection, e);
    }
  }

  // The rollback is no prepared statement, since a driver closes a prepared statement that fails.
  private void work(List<StorageTask<?>> batch, Connection connection) throws SQLException {
    try (Statement control = connection.createStatement();
        PreparedStatement savepoint = connection.prepareStatement("SAVEPOINT task");
        PreparedStatement release = connection.prepareStatement("RELEASE SAVEPOINT task")) {
      for (StorageTask<?> task : batch) {
        savepoint.execute();
        if (!task.run(connection)) {
          undo(task, control);
        }
        release(release);
      }
    }
  }

  private void release(PreparedStatement release) throws SQLException {
    try {
      release.execute();
    } catch (SQLException e) {
      throw database.isUnavailable(e) ? e : savepointLost(e);
    }
  }

  private static SQLException savepointLost(SQLException e) {
    return new SQLException(
        ("a write ended the transaction that it shares with others, or went on after a statement"
                + " that failed (expected: a Storage.Work without BEGIN, COMMIT and ROLLBACK that"
                + " lets a SQLException pass): %s")
            .formatted(e.getMessage()),
        e.getSQLState(),
        e);
  }

  private void undo(StorageTask<?> task, Statement control) throws SQLException {
    SQLException failure = failures.sqlFailureOf(task);
    if (failure != null) {
      failures.afterWrite(failure);
    }
    try {
      control.execute("ROLLBACK TO SAVEPOINT task");
    } catch (SQLException e) {
      // A full disk ends the whole transaction: the other tasks then fail for that reason.
      if (failure != null && database.isUnavailable(failure)) {
        failure.addSuppressed(e);
        throw failure;
      }
      throw database.isUnavailable(e) ? e : savepointLost(e);
    }
  }

  private void notTaken(List<StorageTask<?>> batch, SQLException e) {
    failures.ofTheStore(e);
    String message = name + ": the database takes no writes now: " + database.summary(e);
    fail(batch, new StorageUnavailableException(message, e));
  }

  private void undone(List<StorageTask<?>> batch, Connection connection, SQLException e) {
    abandon(connection);
    if (database.isUnavailable(e)) {
      notTaken(batch, e);
      return;
    }
    // Without the stack trace, which does not show the write at fault.
    log.error("[{}] {} writes undone: {}", name, batch.size(), e.getMessage());
    fail(batch, e);
  }

  private void notCommitted(List<StorageTask<?>> batch, Connection connection, SQLException e) {
    if (!database.leavesOpen(e)) {
      undone(batch, connection, e);
      return;
    }
    failures.ofTheStore(e);
    log.error(
        "[{}] {} writes in doubt, since the database did not answer their commit: {}",
        name,
        batch.size(),
        e.getMessage());
    fail(
        batch,
        new UncertainWriteException(
            name + ": it is not known whether this was done: " + e.getMessage(), e));
  }

  private static void fail(List<StorageTask<?>> batch, Exception failure) {
    batch.forEach(task -> task.fail(failure));
  }

  private void abandon(Connection connection) {
    try {
      database.rollback(connection);
    } catch (SQLException e) {
      // An engine that has ended the transaction by itself has none to roll back.
      log.debug("[{}] nothing to roll back: {}", name, e.getMessage());
    }
  }
}
