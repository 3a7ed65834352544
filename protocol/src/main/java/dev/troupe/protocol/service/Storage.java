package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ReplyStatus;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;

/**
 * The relational store of a service.
 *
 * <p>Stages complete on a thread of the store: their continuations must not block.
 */
public interface Storage {
  /** Statements for the store, whose {@link Sql} must not be kept. */
  @FunctionalInterface
  interface Work<T> {
    T on(Sql sql) throws SQLException;
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
   * the key was used for another request. A refusal is not stored, and what {@code work} wrote is
   * rolled back. For a call that carries an event, the write is done at most once for the event.
   *
   * @param work a write whose outcome is that of the whole call; run again only if it was rolled
   *     back
   */
  <O extends Record> OutcomeStage<O> write(CallContext call, Work<Outcome<O>> work);

  /** A read that no request causes. It sees all committed writes. */
  <T> CompletionStage<T> read(Work<T> work);

  /**
   * A read for {@code call}. It sees all committed writes. When the deadline of the call has passed
   * before a thread is free, the read is not done and its outcome is {@link ReplyStatus#DEADLINE}.
   */
  default <T> OutcomeStage<T> read(CallContext call, Work<Outcome<T>> work) {
    return OutcomeStage.of(
        read(sql -> call.deadline().hasPassed() ? Actions.tooLate() : work.on(sql)));
  }
}
