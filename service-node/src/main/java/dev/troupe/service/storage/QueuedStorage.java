package dev.troupe.service.storage;

import dev.troupe.protocol.service.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store with one thread that writes, by group commit, and several that read. Each thread has a
 * connection of its own.
 */
public final class QueuedStorage implements Storage, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(QueuedStorage.class);
  private static final int MAX_BATCH = 256;

  private final String name;
  private final Database database;
  private final TaskQueue writes;
  private final TaskQueue reads;
  private final List<Connection> connections = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Connection checking;

  /**
   * @param name of the service, for messages and threads
   * @param maxQueued reads that may wait, and as many writes
   */
  QueuedStorage(String name, Database database, int readers, int maxQueued) throws SQLException {
    this.name = name;
    this.database = database;
    this.writes = new TaskQueue(name + " writes", maxQueued);
    this.reads = new TaskQueue(name + " reads", maxQueued);
    try {
      this.checking = connect();
      GroupCommit groupCommit = new GroupCommit(name, database, connect());
      threads.add(new Thread(() -> write(groupCommit), name + "-writer"));
      for (int i = 1; i <= readers; i++) {
        Connection connection = connect();
        threads.add(new Thread(() -> read(connection), name + "-reader-" + i));
      }
    } catch (SQLException e) {
      disconnect();
      throw e;
    }
    for (Thread thread : threads) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public <T> CompletionStage<T> write(Work<T> work) {
    return writes.submit(work);
  }

  @Override
  public <T> CompletionStage<T> read(Work<T> work) {
    return reads.submit(work);
  }

  @Override
  public void check() throws SQLException {
    synchronized (checking) {
      database.check(checking);
    }
  }

  /** Refuses what is new, does what waits, and closes the connections. Blocks. */
  @Override
  public void close() {
    writes.close();
    reads.close();
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    disconnect();
  }

  private Connection connect() throws SQLException {
    Connection connection = database.connect();
    connections.add(connection);
    return connection;
  }

  private void write(GroupCommit groupCommit) {
    for (List<Task<?>> batch = writes.take(MAX_BATCH);
        !batch.isEmpty();
        batch = writes.take(MAX_BATCH)) {
      groupCommit.run(batch);
    }
  }

  private void read(Connection connection) {
    for (List<Task<?>> next = reads.take(1); !next.isEmpty(); next = reads.take(1)) {
      Task<?> task = next.get(0);
      task.run(connection);
      task.complete();
    }
  }

  private void disconnect() {
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException e) {
        log.warn("[{}] a connection of the store did not close: {}", name, e.getMessage());
      }
    }
  }
}
