package dev.troupe.service.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a database however long it takes: one that is down, refuses the password or has a schema
 * from the future is not mended by a new process of ours.
 */
final class PostgresOpening {
  /** One attempt to open the database. */
  @FunctionalInterface
  interface Attempt {
    /**
     * @throws UnusableStorageException when it failed, saying why
     */
    void run() throws UnusableStorageException;
  }

  private static final Logger log = LoggerFactory.getLogger(PostgresOpening.class);

  private final String service;
  private final Attempt attempt;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable String obstacle = "the database is not open yet";

  /**
   * @param pause between attempts
   */
  PostgresOpening(String service, Attempt attempt, Duration pause) {
    this.service = service;
    this.attempt = attempt;
    this.pause = pause;
  }

  /** Tries once, and goes on by itself if that failed. Blocks for the first attempt. */
  void begin() {
    if (succeeds()) {
      return;
    }
    Thread thread = new Thread(this::persist, service + "-opener");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @throws SQLException saying what keeps the database from being open
   */
  void requireDone() throws SQLException {
    String reason = obstacle;
    if (reason != null) {
      throw new SQLException(reason);
    }
  }

  void close() {
    closed.countDown();
  }

  private void persist() {
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        if (succeeds()) {
          log.info("[{}] the database is open", service);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean succeeds() {
    try {
      attempt.run();
      obstacle = null;
      return true;
    } catch (UnusableStorageException | RuntimeException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(obstacle)) {
        log.warn("[{}] {}; trying again", service, reason);
      }
      obstacle = reason;
      return false;
    }
  }
}
