package dev.troupe.protocol.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;

/**
 * A service's own relational store.
 *
 * <p>Stages complete on a thread of the store: what follows must not block.
 */
public interface Storage {
  /** Work on a connection it must neither keep nor close. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Writes on nobody's behalf: runs {@code work} in a transaction; completes after the commit, and
   * fails, undone, with whatever {@code work} threw, or with {@link StorageUnavailableException};
   * or with {@link UncertainWriteException}. Writes of all instances of the service are one after
   * the other, those of one process in the order they were given.
   */
  <T> CompletionStage<T> write(Work<T> work);

  /**
   * Writes on behalf of {@code call}, as a handler should: at most once for its idempotency key, if
   * it has one. The answer is kept in the same transaction as the write; a write under a key that
   * has an answer is not done: its outcome is {@link Outcome.Repeated}, or its stage fails with
   * {@link InvalidInputException} when the key was used for another request. Refusals are not kept.
   *
   * @param work a write whose outcome is that of the whole call; done again only if it was undone
   */
  <O extends Record> CompletionStage<Outcome<O>> write(CallContext call, Work<Outcome<O>> work);

  /** Runs {@code work} on a connection that sees what has been committed. */
  <T> CompletionStage<T> read(Work<T> work);

  /**
   * Answers whether the store can be used now. Blocks.
   *
   * @throws SQLException when it can't
   * @throws DegradedException when it can be read and takes no writes
   */
  void check() throws SQLException;
}
