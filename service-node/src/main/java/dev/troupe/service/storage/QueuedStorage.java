package dev.troupe.service.storage;

import dev.troupe.node.metrics.NodeMetrics;
import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.RequestFingerprint;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.DegradedException;
import dev.troupe.protocol.service.EventId;
import dev.troupe.protocol.service.IdempotentWrite;
import dev.troupe.protocol.service.InvalidInputException;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.service.StorageUnavailableException;
import dev.troupe.protocol.service.UncertainWriteException;
import dev.troupe.service.background.EventInbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A store with one thread that writes, with group commits, and several threads that read. */
public final class QueuedStorage implements Storage, AutoCloseable {
  private static final int MAX_BATCH = 256;
  private static final Answer HANDLED =
      new Answer(ReplyStatus.NO_CONTENT, JsonBytes.EMPTY, Map.of());
  private static final String CANNOT_BE_USED = "can't be used now";

  private final String name;
  private final Database database;
  private final IdempotencyStore answers;
  private final StoreHealth health = new StoreHealth();
  private final IntegrityChecker verifier;
  private final FailureClassifier failures;
  private final GroupCommit groupCommit;
  private final TaskQueue writes;
  private final TaskQueue reads;
  private final List<Thread> threads = new ArrayList<>();
  private volatile Tracer tracer = new Tracer();

  /**
   * @param name of the service, for messages and threads
   * @param database closed with the store
   * @param maxQueued reads that may wait, and as many writes
   */
  QueuedStorage(
      String name, Database database, IdempotencyStore answers, int readers, int maxQueued) {
    this.name = name;
    this.database = database;
    this.answers = answers;
    this.verifier = new IntegrityChecker(name, database, health);
    this.failures = new FailureClassifier(name, database, health, verifier);
    this.groupCommit = new GroupCommit(name, database, failures);
    this.writes = new TaskQueue(name + " writes", maxQueued);
    this.reads = new TaskQueue(name + " reads", maxQueued);
    threads.add(new Thread(this::write, name + "-writer"));
    for (int i = 1; i <= readers; i++) {
      threads.add(new Thread(this::read, name + "-reader-" + i));
    }
    for (Thread thread : threads) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Has {@code tracer} take down the reads and writes from now on. */
  public void recordTo(Tracer other) {
    tracer = other;
  }

  @Override
  public <T> CompletionStage<T> write(Work<T> work) {
    return submit(work, result -> false);
  }

  @Override
  public <O extends Record> OutcomeStage<O> write(CallContext call, Work<Outcome<O>> work) {
    IdempotentWrite keyed = call.keyedWrite();
    EventId event = call.event();
    if (keyed != null) {
      return OutcomeStage.of(
          surely(sql -> answers.once(sql, keyed, work), QueuedStorage::isRefused)
              .thenApply(answers::committed));
    }
    if (event != null) {
      return OutcomeStage.of(
          surely(sql -> once(sql, event, work), Outcome.Refused.class::isInstance));
    }
    return OutcomeStage.of(submit(work, Outcome.Refused.class::isInstance));
  }

  private static <O extends Record> boolean isRefused(IdempotencyStore.KeyedResult<O> result) {
    return result.isRefused();
  }

  private static <O extends Record> Outcome<O> once(Sql sql, EventId event, Work<Outcome<O>> work)
      throws SQLException {
    return EventInbox.remove(sql, event) ? work.on(sql) : new Outcome.Repeated<>(HANDLED);
  }

  private <T> CompletionStage<T> submit(Work<T> work, Predicate<T> undone) {
    return writes.submit(explained(work, "takes no writes now"), undone);
  }

  // A write that can be told apart from its repetition is tried once more if it is in doubt.
  private <T> CompletionStage<T> surely(Work<T> once, Predicate<T> undone) {
    return submit(once, undone)
        .exceptionallyCompose(
            failure ->
                isA(UncertainWriteException.class, failure)
                    ? again(once, undone, failure)
                    : failed(failure));
  }

  // If the first write was done after all, the second one finds its reply. If the second one cannot
  // be tried, the first one stays in doubt.
  private <T> CompletionStage<T> again(Work<T> once, Predicate<T> undone, Throwable inDoubt) {
    return submit(once, undone)
        .exceptionallyCompose(
            failure -> failed(isA(StorageUnavailableException.class, failure) ? inDoubt : failure));
  }

  private static boolean isA(Class<? extends Exception> type, Throwable failure) {
    return type.isInstance(failure) || type.isInstance(failure.getCause());
  }

  private static <T> CompletionStage<T> failed(Throwable failure) {
    return CompletableFuture.failedStage(failure);
  }

  /**
   * The reply stored under the key of {@code request}, which must have a key.
   *
   * @return fails with {@link InvalidInputException} when the key belongs to another request
   */
  public CompletionStage<Optional<Answer>> answered(ServiceRequest request) {
    String key = Objects.requireNonNull(request.idempotencyKey());
    return read(sql -> answers.find(sql.connection(), key))
        .thenApply(found -> found.map(kept -> kept.to(RequestFingerprint.of(request))));
  }

  @Override
  public <T> CompletionStage<T> read(Work<T> work) {
    return reads.submit(explained(work, CANNOT_BE_USED), result -> false);
  }

  private <T> Work<T> explained(Work<T> work, String what) {
    return sql -> {
      try {
        return work.on(sql);
      } catch (SQLException e) {
        if (database.isUnavailable(e)) {
          throw unavailable(what, e);
        }
        throw e;
      }
    };
  }

  /**
   * Checks whether the store can be used now. Blocks.
   *
   * @throws SQLException when it cannot
   * @throws DegradedException when it can be read and accepts no writes
   */
  // Reads succeed when the disk is full, so only a write shows that there is room again.
  public void check() throws SQLException {
    try {
      database.check();
    } catch (SQLException e) {
      if (database.isOfWriting(e)) {
        throw new DegradedException(String.valueOf(e.getMessage()));
      }
      throw e;
    }
    if (health.failure() == null) {
      return;
    }
    try {
      write(sql -> StoreIdRow.probe(sql.connection())).toCompletableFuture().join();
      health.probed();
    } catch (CompletionException e) {
      // The failure is in health now.
    }
    StoreHealth.Failure failure = health.failure();
    if (failure == null) {
      return;
    }
    if (failure.ofWriting()) {
      throw new DegradedException(failure.reason());
    }
    throw new SQLException(failure.reason());
  }

  /** Makes the queues and the commits known to {@code metrics}. */
  public void addTo(NodeMetrics metrics) {
    metrics.add(
        "troupe_storage_commit_seconds",
        "How long the writer took for a group of writes, with its commit.",
        Map.of(),
        groupCommit.durations());
    metrics.add(
        samples -> {
          samples.gauge(
              "troupe_storage_queued",
              "Work that waits for a thread of the store.",
              Map.of("kind", "write"),
              writes.size());
          samples.gauge(
              "troupe_storage_queued",
              "Work that waits for a thread of the store.",
              Map.of("kind", "read"),
              reads.size());
        });
  }

  /** Checks the whole store in the background. A damaged store makes the service unhealthy. */
  void verify() {
    verifier.demand();
  }

  /** Refuses new work, does the work that is queued, and closes the database. Blocks. */
  @Override
  public void close() {
    writes.close();
    reads.close();
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      verifier.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    database.close();
  }

  private void write() {
    for (List<StorageTask<?>> batch = writes.take(MAX_BATCH);
        !batch.isEmpty();
        batch = writes.take(MAX_BATCH)) {
      groupCommit.run(batch, tracer);
    }
  }

  private void read() {
    for (List<StorageTask<?>> next = reads.take(1); !next.isEmpty(); next = reads.take(1)) {
      read(next.get(0));
    }
  }

  private void read(StorageTask<?> task) {
    try {
      Connection connection = database.borrow();
      try {
        if (!task.run(connection)) {
          SQLException failure = failures.sqlFailureOf(task);
          if (failure != null) {
            failures.afterRead(failure);
          }
        }
      } finally {
        database.giveBack(connection);
      }
    } catch (SQLException e) {
      failures.ofTheStore(e);
      task.fail(unavailable(CANNOT_BE_USED, e));
    } catch (RuntimeException | Error e) {
      // The driver failed outside of the task. The thread must live, for the reads that follow.
      task.fail(e);
    }
    task.record(tracer, "read");
    task.complete();
  }

  private StorageUnavailableException unavailable(String what, SQLException e) {
    return new StorageUnavailableException(
        "%s: the database %s: %s".formatted(name, what, database.summary(e)), e);
  }
}
