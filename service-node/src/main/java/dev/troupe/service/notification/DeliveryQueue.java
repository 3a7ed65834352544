package dev.troupe.service.notification;

import dev.troupe.protocol.service.Sql;
import dev.troupe.service.clock.WallClock;
import dev.troupe.service.notification.channel.DeliveryResult;
import dev.troupe.service.notification.channel.OutgoingNotification;
import dev.troupe.service.queue.QueueLength;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The queued notifications of one channel, shared by all instances of the service. Their times are
 * times of day. When the clock is set, no notification is delayed or delivered twice.
 */
final class DeliveryQueue {
  private static final int LONGEST_ERROR = 500;

  private final String slot;
  private final String channel;
  private final DeliveryPolicy policy;
  private final WallClock clock;

  /**
   * @param slot of this instance; no other process uses the same at a time
   */
  DeliveryQueue(String slot, String channel, DeliveryPolicy policy, WallClock clock) {
    this.slot = slot;
    this.channel = channel;
    this.policy = policy;
    this.clock = clock;
  }

  /** Ends the claims of an earlier process of this slot. */
  int takeOver(Sql sql) throws SQLException {
    return sql.update(
        "UPDATE notifications SET due_at = ?, claimed_by = NULL"
            + " WHERE state = 'queued' AND channel = ? AND claimed_by = ?",
        clock.now(),
        channel,
        slot);
  }

  /** How many notifications of {@code channel} there are, and since when. */
  static QueueLength length(Sql sql, String channel) throws SQLException {
    return sql.one(
        row -> QueueLength.of(row.getInt(1), row.getLong(2), row.getInt(3)),
        "SELECT count(*), min(created_at), (SELECT count(*) FROM (SELECT channel FROM notifications"
            + " WHERE state = 'dead' ORDER BY id LIMIT ?) AS dead WHERE channel = ?)"
            + " FROM (SELECT created_at FROM notifications WHERE state = 'queued' AND channel = ?"
            + " ORDER BY due_at LIMIT ?) AS waiting",
        QueueLength.MOST,
        channel,
        channel,
        QueueLength.MOST);
  }

  /** Claims notifications that are due, and counts an attempt for each. */
  List<OutgoingNotification> claim(Sql sql) throws SQLException {
    Instant now = clock.now();
    boolean trusted = clock.untouched().compareTo(policy.claim()) >= 0;
    if (!trusted) {
      bringNearer(sql, now);
    }
    return sql.list(
        OutgoingNotification.class,
        "UPDATE notifications SET due_at = ?, claimed_by = ?, attempts = attempts + 1"
            + " WHERE id IN (SELECT id FROM notifications WHERE state = 'queued'"
            + " AND channel = ? AND due_at <= ?"
            // After the clock was set, the claim of another slot may only seem to have ended.
            + " AND (claimed_by IS NULL OR claimed_by = ? OR ?)"
            + " ORDER BY due_at LIMIT ?)"
            + " RETURNING id, user_id, type, message, created_at, attempts AS attempt, trace",
        now.plus(policy.claim()),
        slot,
        channel,
        now,
        slot,
        trusted,
        policy.batch());
  }

  // A due time further ahead than any pause was stored before the clock was set back.
  private void bringNearer(Sql sql, Instant now) throws SQLException {
    Instant claimEnd = now.plus(policy.claim());
    sql.update(
        "UPDATE notifications SET due_at = CASE WHEN claimed_by IS NULL THEN ? ELSE ? END"
            + " WHERE state = 'queued' AND channel = ? AND due_at > ?"
            + " AND (claimed_by IS NULL AND (attempts = 0 OR due_at > ?)"
            + " OR claimed_by IS NOT NULL AND due_at > ?)",
        now,
        claimEnd,
        channel,
        now,
        now.plus(policy.longestPauseWithJitter()),
        claimEnd);
  }

  /**
   * Ends the claims of {@code attempts}.
   *
   * @return how many notifications are dead now
   */
  int record(Sql sql, List<DeliveryAttempt> attempts) throws SQLException {
    Instant now = clock.now();
    int dead = 0;
    List<Long> sent = new ArrayList<>();
    for (DeliveryAttempt attempt : attempts) {
      DeliveryResult result = attempt.result();
      if (result == DeliveryResult.Delivered.INSTANCE) {
        sent.add(attempt.notification().id());
      } else if (result == DeliveryResult.Untried.INSTANCE) {
        giveBack(sql, attempt.notification(), now);
      } else if (result instanceof DeliveryResult.Failed failed) {
        dead += fail(sql, attempt.notification(), failed.why(), false, now);
      } else if (result instanceof DeliveryResult.Undeliverable undeliverable) {
        dead += fail(sql, attempt.notification(), undeliverable.why(), true, now);
      }
    }
    // Also if another instance has claimed it since: the notification is delivered.
    sql.batch(
        "UPDATE notifications SET state = 'sent', sent_at = ?, claimed_by = NULL"
            + " WHERE id = ? AND state <> 'sent'",
        sent,
        id -> new Object[] {now, id});
    return dead;
  }

  private void giveBack(Sql sql, OutgoingNotification delivery, Instant now) throws SQLException {
    sql.update(
        "UPDATE notifications SET due_at = ?, claimed_by = NULL, attempts = attempts - 1"
            + " WHERE id = ? AND state = 'queued' AND claimed_by = ?",
        now,
        delivery.id(),
        slot);
  }

  private int fail(Sql sql, OutgoingNotification delivery, String why, boolean forGood, Instant now)
      throws SQLException {
    Instant next =
        now.plus(policy.pauseAfter(delivery.attempt(), ThreadLocalRandom.current().nextDouble()));
    boolean dead =
        sql.find(
                row -> row.getString(1).equals("dead"),
                "UPDATE notifications SET due_at = ?, claimed_by = NULL, last_error = ?,"
                    + " state = CASE WHEN ? <= give_up_at THEN state ELSE 'dead' END"
                    + " WHERE id = ? AND state = 'queued' AND claimed_by = ? RETURNING state",
                next,
                why.length() <= LONGEST_ERROR ? why : why.substring(0, LONGEST_ERROR),
                forGood ? Long.MAX_VALUE : next.toEpochMilli(),
                delivery.id(),
                slot)
            .orElse(false);
    return dead ? 1 : 0;
  }
}
