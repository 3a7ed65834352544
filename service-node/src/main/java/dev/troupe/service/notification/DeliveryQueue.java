package dev.troupe.service.notification;

import dev.troupe.service.clock.WallClock;
import dev.troupe.service.notification.channel.DeliveryResult;
import dev.troupe.service.notification.channel.OutgoingNotification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
  int takeOver(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET due_at = ?, claimed_by = NULL"
                + " WHERE state = 'queued' AND channel = ? AND claimed_by = ?")) {
      update.setLong(1, clock.now().toEpochMilli());
      update.setString(2, channel);
      update.setString(3, slot);
      return update.executeUpdate();
    }
  }

  /** Claims notifications that are due, and counts an attempt for each. */
  List<OutgoingNotification> claim(Connection connection) throws SQLException {
    Instant now = clock.now();
    boolean trusted = clock.untouched().compareTo(policy.claim()) >= 0;
    if (!trusted) {
      bringNearer(connection, now);
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET due_at = ?, claimed_by = ?, attempts = attempts + 1"
                + " WHERE id IN (SELECT id FROM notifications WHERE state = 'queued'"
                + " AND channel = ? AND due_at <= ?"
                + (trusted ? "" : " AND (claimed_by IS NULL OR claimed_by = ?)")
                + " ORDER BY due_at LIMIT ?)"
                + " RETURNING id, user_id, type, message, created_at, attempts")) {
      int parameter = 0;
      update.setLong(++parameter, now.plus(policy.claim()).toEpochMilli());
      update.setString(++parameter, slot);
      update.setString(++parameter, channel);
      update.setLong(++parameter, now.toEpochMilli());
      if (!trusted) {
        // After the clock was set, the claim of another slot may only seem to have ended.
        update.setString(++parameter, slot);
      }
      update.setInt(++parameter, policy.batch());
      return deliveries(update);
    }
  }

  // A due time further ahead than any pause was stored before the clock was set back.
  private void bringNearer(Connection connection, Instant now) throws SQLException {
    long claimEnd = now.plus(policy.claim()).toEpochMilli();
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET due_at = CASE WHEN claimed_by IS NULL THEN ? ELSE ? END"
                + " WHERE state = 'queued' AND channel = ? AND due_at > ?"
                + " AND (claimed_by IS NULL AND (attempts = 0 OR due_at > ?)"
                + " OR claimed_by IS NOT NULL AND due_at > ?)")) {
      update.setLong(1, now.toEpochMilli());
      update.setLong(2, claimEnd);
      update.setString(3, channel);
      update.setLong(4, now.toEpochMilli());
      update.setLong(5, now.plus(policy.longestPauseWithJitter()).toEpochMilli());
      update.setLong(6, claimEnd);
      update.executeUpdate();
    }
  }

  private static List<OutgoingNotification> deliveries(PreparedStatement statement)
      throws SQLException {
    List<OutgoingNotification> deliveries = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        deliveries.add(
            new OutgoingNotification(
                rows.getLong(1),
                rows.getLong(2),
                rows.getString(3),
                rows.getString(4),
                Instant.ofEpochMilli(rows.getLong(5)),
                rows.getInt(6)));
      }
    }
    return deliveries;
  }

  /**
   * Ends the claims of {@code attempts}.
   *
   * @return how many notifications are dead now
   */
  int record(Connection connection, List<DeliveryAttempt> attempts) throws SQLException {
    Instant now = clock.now();
    int dead = 0;
    try (PreparedStatement sent = prepareSent(connection)) {
      for (DeliveryAttempt attempt : attempts) {
        DeliveryResult result = attempt.result();
        if (result == DeliveryResult.Delivered.INSTANCE) {
          sent.setLong(1, now.toEpochMilli());
          sent.setLong(2, attempt.notification().id());
          sent.addBatch();
        } else if (result == DeliveryResult.Untried.INSTANCE) {
          giveBack(connection, attempt.notification(), now);
        } else if (result instanceof DeliveryResult.Failed failed) {
          dead += fail(connection, attempt.notification(), failed.why(), false, now);
        } else if (result instanceof DeliveryResult.Undeliverable undeliverable) {
          dead += fail(connection, attempt.notification(), undeliverable.why(), true, now);
        }
      }
      sent.executeBatch();
    }
    return dead;
  }

  // Also if another instance has claimed it since: the notification is delivered.
  private static PreparedStatement prepareSent(Connection connection) throws SQLException {
    return connection.prepareStatement(
        "UPDATE notifications SET state = 'sent', sent_at = ?, claimed_by = NULL"
            + " WHERE id = ? AND state <> 'sent'");
  }

  private void giveBack(Connection connection, OutgoingNotification delivery, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET due_at = ?, claimed_by = NULL, attempts = attempts - 1"
                + " WHERE id = ? AND state = 'queued' AND claimed_by = ?")) {
      update.setLong(1, now.toEpochMilli());
      update.setLong(2, delivery.id());
      update.setString(3, slot);
      update.executeUpdate();
    }
  }

  private int fail(
      Connection connection,
      OutgoingNotification delivery,
      String why,
      boolean forGood,
      Instant now)
      throws SQLException {
    Instant next =
        now.plus(policy.pauseAfter(delivery.attempt(), ThreadLocalRandom.current().nextDouble()));
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET due_at = ?, claimed_by = NULL, last_error = ?,"
                + " state = CASE WHEN ? <= give_up_at THEN state ELSE 'dead' END"
                + " WHERE id = ? AND state = 'queued' AND claimed_by = ? RETURNING state")) {
      update.setLong(1, next.toEpochMilli());
      update.setString(2, why.length() <= LONGEST_ERROR ? why : why.substring(0, LONGEST_ERROR));
      update.setLong(3, forGood ? Long.MAX_VALUE : next.toEpochMilli());
      update.setLong(4, delivery.id());
      update.setString(5, slot);
      try (ResultSet row = update.executeQuery()) {
        return row.next() && NotificationState.of(row.getString(1)) == NotificationState.DEAD
            ? 1
            : 0;
      }
    }
  }
}
