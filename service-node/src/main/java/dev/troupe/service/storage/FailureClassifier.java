package dev.troupe.service.storage;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the failures of a store from those of single statements, and passes them on. */
final class FailureClassifier {
  private static final Logger log = LoggerFactory.getLogger(FailureClassifier.class);

  private final String name;
  private final Database database;
  private final StoreHealth health;
  private final IntegrityChecker verifier;

  /**
   * @param name of the service, for messages
   */
  FailureClassifier(String name, Database database, StoreHealth health, IntegrityChecker verifier) {
    this.name = name;
    this.database = database;
    this.health = health;
    this.verifier = verifier;
  }

  /** The failure of the database that made {@code task} fail; null if it was another one. */
  @Nullable SQLException sqlFailureOf(StorageTask<?> task) {
    for (Throwable cause = task.failure(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return e;
      }
    }
    return null;
  }

  /** A statement of a task that only reads failed. */
  void afterRead(SQLException failure) {
    if (database.isOfTheStore(failure)) {
      add(failure, false);
    }
  }

  /** A statement of a task that may write failed. */
  void afterWrite(SQLException failure) {
    if (database.isOfTheStore(failure)) {
      ofTheStore(failure);
    }
  }

  /** The store could not be used at all, or takes no writes. */
  void ofTheStore(SQLException failure) {
    add(failure, database.isOfWriting(failure));
  }

  private void add(SQLException failure, boolean ofWriting) {
    String reason = database.explained(failure);
    if (health.failed(new StoreHealth.Failure(reason, ofWriting))) {
      log.warn("[{}] the database fails: {} ({})", name, reason, failure.getMessage());
    }
    if (database.isDamage(failure)) {
      health.damaged(reason);
      verifier.demand();
    }
  }
}
