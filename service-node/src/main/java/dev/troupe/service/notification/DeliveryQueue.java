package dev.troupe.service.notification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queued among the notifications, shared by all instances of the service. */
final class DeliveryQueue {
  private final String slot;
  private final DeliveryPolicy policy;

  /**
   * @param slot of this instance; no other process uses the same at a time
   */
  DeliveryQueue(String slot, DeliveryPolicy policy) {
    this.slot = slot;
    this.policy = policy;
  }

  /** What came of one attempt; {@code failure} is absent when it was delivered. */
  record Attempt(Notification notification, @Nullable String failure) {}

  /** Gives back what an earlier process of this slot claimed and did not live to deliver. */
  int takeOver(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET due_at = ?, claimed_by = NULL"
                + " WHERE state = 'queued' AND claimed_by = ?")) {
      update.setLong(1, now.toEpochMilli());
      update.setString(2, slot);
      return update.executeUpdate();
    }
  }

  /** Claims what is due, and counts that as an attempt. */
  List<Notification> claim(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET due_at = ?, claimed_by = ?, attempts = attempts + 1"
                + " WHERE id IN (SELECT id FROM notifications WHERE state = 'queued'"
                + " AND due_at <= ? ORDER BY due_at LIMIT ?) RETURNING "
                + NotificationRepository.COLUMNS)) {
      update.setLong(1, now.plus(policy.claim()).toEpochMilli());
      update.setString(2, slot);
      update.setLong(3, now.toEpochMilli());
      update.setInt(4, policy.batch());
      return NotificationRepository.notifications(update);
    }
  }

  /** Ends the claims of {@code attempts}. */
  int record(Connection connection, List<Attempt> attempts, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET state = ?, sent_at = ?, due_at = ?, claimed_by = NULL"
                + " WHERE id = ? AND state = 'queued'")) {
      for (Attempt attempt : attempts) {
        State state = stateAfter(attempt);
        update.setString(1, state.text());
        if (state == State.SENT) {
          update.setLong(2, now.toEpochMilli());
        } else {
          update.setNull(2, Types.BIGINT);
        }
        update.setLong(
            3, now.plus(policy.pauseAfter(attempt.notification().attempts())).toEpochMilli());
        update.setLong(4, attempt.notification().id());
        update.executeUpdate();
      }
      return attempts.size();
    }
  }

  State stateAfter(Attempt attempt) {
    if (attempt.failure() == null) {
      return State.SENT;
    }
    return attempt.notification().attempts() < policy.maxAttempts() ? State.QUEUED : State.FAILED;
  }
}
