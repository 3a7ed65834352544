package dev.troupe.service.storage;

import dev.troupe.protocol.service.StorageUnavailableException;
import dev.troupe.protocol.settings.IdempotencySettings;
import dev.troupe.service.clock.WallClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps the number of stored replies bounded: deletes those that expired or are too many, and
 * refuses a new key when all replies that would have to go are younger than {@code min-keep}.
 */
final class IdempotencyBounds {
  private static final int PRUNED_AT_ONCE = 4;

  private final IdempotencySettings settings;
  private final WallClock clock;

  IdempotencyBounds(IdempotencySettings settings, WallClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Replies that were stored at this time or earlier have expired. */
  Instant expiry() {
    return before(settings.keep());
  }

  /** Replies that were stored after this time are not deleted to make room. */
  private long fresh() {
    return before(settings.minKeep()).toEpochMilli();
  }

  // A clock that is set forward does not make a stored reply older: replies that are stored before
  // it was set are kept longer instead.
  private Instant before(Duration age) {
    return clock.steady(age).minus(age);
  }

  /**
   * Checks, before a keyed write is done, that its reply can be stored. A fresh reply cannot make
   * room: if it were deleted, the repetition of its request would be a second write.
   *
   * @param count of all stored replies
   * @throws StorageUnavailableException when there is no room now
   */
  void requireRoom(Connection connection, String client, long count) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT * FROM (SELECT 0 AS of_client, kept_at, 0 AS later
              FROM troupe_answers ORDER BY id LIMIT 1) AS oldest
            UNION ALL
            SELECT * FROM (SELECT 1, kept_at,
                (SELECT max(client_number) FROM troupe_answers WHERE client = ?) - client_number
              FROM troupe_answers WHERE client = ? ORDER BY client_number LIMIT 1) AS own
            """)) {
      select.setString(1, client);
      select.setString(2, client);
      try (ResultSet oldest = select.executeQuery()) {
        while (oldest.next()) {
          boolean ofClient = oldest.getInt(1) == 1;
          requireRoom(ofClient, oldest.getLong(2), ofClient ? oldest.getLong(3) + 1 : count);
        }
      }
    }
  }

  private void requireRoom(boolean ofClient, long oldest, long count) {
    long most = ofClient ? settings.maxFreshPerClient() : settings.maxKeys();
    if (count < most || oldest <= fresh()) {
      return;
    }
    throw new StorageUnavailableException(
        "%s sent %d new Idempotency-Keys in the last %d s (expected: less than %d, storage.idempotency.max-keys%s); try again later"
            .formatted(
                ofClient ? "this client" : "all clients together",
                count,
                settings.minKeep().toSeconds(),
                most,
                ofClient ? " / 2" : ""),
        Duration.ofMillis(oldest - fresh()));
  }

  /**
   * Deletes a few of the oldest replies, after one was added. Each keyed write deletes up to twice
   * {@link #PRUNED_AT_ONCE}, so no write has much to do and the table still shrinks to its bounds.
   *
   * @param newestOfClient the number of the added reply among those of its client
   * @param count of all stored replies, the added one included
   * @return how many were deleted
   */
  int prune(Connection connection, String client, long newestOfClient, long count)
      throws SQLException {
    int pruned = pruneExpiredAndOwn(connection, client, newestOfClient);
    // Last, since the client may have made room with its own replies.
    long tooMany = count - pruned - settings.maxKeys();
    return tooMany > 0
        ? pruned + pruneOldest(connection, Math.min(tooMany, PRUNED_AT_ONCE))
        : pruned;
  }

  // The numbers of a client only grow and its oldest replies go first: hence the range of its
  // numbers bounds how many replies it has.
  private int pruneExpiredAndOwn(Connection connection, String client, long newestOfClient)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            DELETE FROM troupe_answers WHERE id IN (
              SELECT id FROM (SELECT id, kept_at FROM troupe_answers ORDER BY id LIMIT ?) AS oldest
                WHERE kept_at <= ?
              UNION
              SELECT id FROM (SELECT id, client_number, kept_at FROM troupe_answers
                  WHERE client = ? ORDER BY client_number LIMIT ?) AS own
                WHERE client_number <= ? AND kept_at <= ?)
            """)) {
      delete.setInt(1, PRUNED_AT_ONCE);
      delete.setLong(2, expiry().toEpochMilli());
      delete.setString(3, client);
      delete.setInt(4, PRUNED_AT_ONCE);
      delete.setLong(5, newestOfClient - settings.maxKeysPerClient());
      delete.setLong(6, fresh());
      return delete.executeUpdate();
    }
  }

  private int pruneOldest(Connection connection, long count) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM troupe_answers WHERE kept_at <= ?"
                + " AND id IN (SELECT id FROM troupe_answers ORDER BY id LIMIT ?)")) {
      delete.setLong(1, fresh());
      delete.setLong(2, count);
      return delete.executeUpdate();
    }
  }

  /**
   * Gives replies that seem to come from the future the time of now. After the clock was set back
   * they would count as fresh for as long as it was set back by, and new keys would find no room.
   */
  void fitToClock(Connection connection) throws SQLException {
    long now = clock.now().toEpochMilli();
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE troupe_answers SET kept_at = ? WHERE kept_at > ?")) {
      update.setLong(1, now);
      update.setLong(2, now);
      update.executeUpdate();
    }
  }
}
