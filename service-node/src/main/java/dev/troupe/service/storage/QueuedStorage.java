package dev.troupe.service.storage;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.RequestFingerprint;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Call;
import dev.troupe.protocol.service.InvalidInputException;
import dev.troupe.protocol.service.KeyedWrite;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
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
  private final KeptAnswers answers;
  private final TaskQueue writes;
  private final TaskQueue reads;
  private final List<Connection> connections = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Connection checking;

  /**
   * @param name of the service, for messages and threads
   * @param maxQueued reads that may wait, and as many writes
   */
  QueuedStorage(String name, Database database, KeptAnswers answers, int readers, int maxQueued)
      throws SQLException {
    this.name = name;
    this.database = database;
    this.answers = answers;
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
  public <O extends Record> CompletionStage<Outcome<O>> write(Call call, Work<Outcome<O>> work) {
    KeyedWrite keyed = call.keyedWrite();
    if (keyed == null) {
      return write(work);
    }
    return writes
        .submit(connection -> answers.once(connection, keyed, work))
        .thenApply(Supplier::get);
  }

  /**
   * What was answered before under the key of {@code request}, which has one.
   *
   * @return fails with {@link InvalidInputException} when it was the answer to another request
   */
  public CompletionStage<Optional<Answer>> answered(ServiceRequest request) {
    String key = Objects.requireNonNull(request.idempotencyKey());
    return read(connection -> answers.find(connection, key))
        .thenApply(found -> found.map(kept -> kept.to(RequestFingerprint.of(request))));
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
