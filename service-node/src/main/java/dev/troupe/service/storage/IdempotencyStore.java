package dev.troupe.service.storage;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.service.IdempotentWrite;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.IdempotencySettings;
import dev.troupe.service.clock.WallClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Does a write at most once for its idempotency key: the reply is stored in the transaction of the
 * write, and a write that comes again gets the stored reply.
 */
final class IdempotencyStore {
  private final WallClock clock;
  private final IdempotencyBounds bounds;
  // How often the clock had been set when the times of the table were last fitted to it.
  private volatile int fittedAt = -1;

  IdempotencyStore(IdempotencySettings settings, WallClock clock) {
    this.clock = clock;
    this.bounds = new IdempotencyBounds(settings, clock);
  }

  /** What a keyed write led to. Nobody may see it before its transaction is committed. */
  sealed interface KeyedResult<O extends Record> {
    /** Whether the write is refused, so that it is to be rolled back. */
    default boolean isRefused() {
      return this instanceof First<O> first && first.outcome() instanceof Outcome.Refused<O>;
    }
  }

  private record Repeated<O extends Record>(StoredReply reply, String fingerprint)
      implements KeyedResult<O> {}

  private record First<O extends Record>(Outcome<O> outcome, int timesClockWasSet)
      implements KeyedResult<O> {}

  /**
   * Does {@code work} unless there is a reply under its key, and stores the reply it leads to. Runs
   * in the transaction of a write.
   *
   * @return to be given to {@link #committed} once the transaction is committed: until then the
   *     stored reply may be undone, since its own write may be part of the same transaction
   */
  <O extends Record> KeyedResult<O> once(
      Sql sql, IdempotentWrite write, Storage.Work<Outcome<O>> work) throws SQLException {
    Connection connection = sql.connection();
    Optional<StoredReply> stored = find(connection, write.key());
    if (stored.isPresent()) {
      return new Repeated<>(stored.get(), write.fingerprint());
    }
    String client = ClientHash.of(write.client());
    long count = IdempotencyTable.count(connection);
    int timesSet = clock.timesSet();
    if (timesSet == fittedAt) {
      bounds.requireRoom(connection, client, count);
    } else {
      // A write that fits the times is not refused for want of room: that would undo the fitting.
      bounds.fitToClock(connection);
    }
    Outcome<O> outcome = work.on(sql);
    if (outcome instanceof Outcome.Done<O> done) {
      store(connection, write, write.answer(done.value()), client, count);
    }
    return new First<>(outcome, timesSet);
  }

  /**
   * The outcome of a keyed write whose transaction is committed.
   *
   * @throws dev.troupe.protocol.service.InvalidInputException when the stored reply was given to
   *     another request
   */
  <O extends Record> Outcome<O> committed(KeyedResult<O> result) {
    if (result instanceof Repeated<O> repeated) {
      return new Outcome.Repeated<>(repeated.reply().to(repeated.fingerprint()));
    }
    First<O> first = (First<O>) result;
    fittedAt = first.timesClockWasSet();
    return first.outcome();
  }

  /** The reply stored under {@code key}, unless it has expired. */
  Optional<StoredReply> find(Connection connection, String key) throws SQLException {
    return IdempotencyTable.find(connection, key, bounds.expiry());
  }

  private void store(
      Connection connection, IdempotentWrite write, Answer answer, String client, long count)
      throws SQLException {
    // A row of this key may be there all the same: one that has expired.
    int deleted = IdempotencyTable.delete(connection, write.key());
    long newestOfClient = IdempotencyTable.insert(connection, write, answer, client, clock.now());
    int pruned = bounds.prune(connection, client, newestOfClient, count + 1 - deleted);
    IdempotencyTable.addToCount(connection, 1 - deleted - pruned);
  }
}
