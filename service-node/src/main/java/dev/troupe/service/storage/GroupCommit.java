package dev.troupe.service.storage;

import dev.troupe.protocol.service.StorageUnavailableException;
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
  private final Connection connection;
  // Not prepared: the driver closes a prepared statement that fails.
  private final Statement control;

  /**
   * @param name for messages, like {@code UserService}
   * @param connection for nobody else to use
   */
  GroupCommit(String name, Database database, Connection connection) throws SQLException {
    this.name = name;
    this.database = database;
    this.connection = connection;
    this.control = connection.createStatement();
  }

  void run(List<Task<?>> batch) {
    try {
      database.begin(connection);
    } catch (SQLException e) {
      log.warn("[{}] {} writes not begun: {}", name, batch.size(), e.getMessage());
      String message = name + ": the database takes no writes now: " + e.getMessage();
      end(batch, new StorageUnavailableException(message, e));
      return;
    }
    try {
      work(batch);
      control.execute("COMMIT");
    } catch (SQLException e) {
      log.error("[{}] {} writes undone, since their commit failed", name, batch.size(), e);
      abandon();
      end(batch, e);
      return;
    }
    batch.forEach(Task::complete);
  }

  private void work(List<Task<?>> batch) throws SQLException {
    try (PreparedStatement savepoint = connection.prepareStatement("SAVEPOINT task");
        PreparedStatement release = connection.prepareStatement("RELEASE SAVEPOINT task")) {
      for (Task<?> task : batch) {
        savepoint.execute();
        if (!task.run(connection)) {
          control.execute("ROLLBACK TO SAVEPOINT task");
        }
        release.execute();
      }
    }
  }

  private static void end(List<Task<?>> batch, Exception failure) {
    for (Task<?> task : batch) {
      task.fail(failure);
      task.complete();
    }
  }

  private void abandon() {
    try {
      control.execute("ROLLBACK");
    } catch (SQLException e) {
      // An engine that has given the transaction up by itself has none left to roll back.
      log.debug("[{}] nothing to roll back: {}", name, e.getMessage());
    }
  }
}
