package dev.troupe.service.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the thread that reads a whole store to see whether it is damaged. */
final class IntegrityChecker {
  private static final Logger log = LoggerFactory.getLogger(IntegrityChecker.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final String name;
  private final Database database;
  private final StoreHealth health;
  private final Semaphore demands = new Semaphore(0);
  private final Semaphore closed = new Semaphore(0);
  private final Thread thread;

  IntegrityChecker(String name, Database database, StoreHealth health) {
    this.name = name;
    this.database = database;
    this.health = health;
    this.thread = new Thread(this::run, name + "-verifier");
    thread.setDaemon(true);
    thread.start();
  }

  /** Requests a check. Requests that arrive before it begins share one check. */
  void demand() {
    demands.release();
  }

  /** Stops a check that runs, and waits for its end. */
  void close() throws InterruptedException {
    closed.release();
    demands.release();
    thread.join();
  }

  private void run() {
    try {
      while (true) {
        demands.acquire();
        demands.drainPermits();
        if (closed.availablePermits() > 0) {
          return;
        }
        verify();
        if (closed.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void verify() {
    try {
      long began = System.nanoTime();
      Optional<String> damage = database.damage();
      if (damage.isPresent()) {
        log.error("[{}] {}", name, damage.get());
        health.damaged(damage.get());
        return;
      }
      log.debug("[{}] verified in {} ms", name, (System.nanoTime() - began) / 1_000_000);
      health.foundInOrder();
    } catch (SQLException e) {
      log.warn("[{}] the database could not be verified: {}", name, e.getMessage());
    }
  }
}
