package dev.troupe.protocol.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;

/**
 * The relational store of a service.
 *
 * <p>Stages complete on a thread of the store: their continuations must not block.
 */
public interface Storage {
  /** Work with a connection that it must neither keep nor close. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * A write that no request causes: runs {@code work} in a transaction. The stage completes after
   * the commit. It fails with the exception of {@code work} or with {@link
   * StorageUnavailableException}, when nothing was written, or with {@link
   * UncertainWriteException}. The writes of all instances run one after the other, those of one
   * process in the order of the calls.
   */
  <T> CompletionStage<T> write(Work<T> work);

  /**
   * A write for {@code call}, done at most once if the call has an idempotency key. The reply is
   * stored in the transaction of the write. A write under a key that has a reply is not done: its
   * outcome is {@link Outcome.Repeated}, or its stage fails with {@link InvalidInputException} when
   * the key was used for another request. Refusals are not stored.
   *
   * @param work a write whose outcome is that of the whole call; run again only if it was rolled
   *     back
   */
  <O extends Record> CompletionStage<Outcome<O>> write(CallContext call, Work<Outcome<O>> work);

  /** Runs {@code work} with a connection that sees all committed writes. */
  <T> CompletionStage<T> read(Work<T> work);

  /**
   * Checks whether the store can be used now. Blocks.
   *
   * @throws SQLException when it cannot
   * @throws DegradedException when it can be read and accepts no writes
   */
  void check() throws SQLException;
}
