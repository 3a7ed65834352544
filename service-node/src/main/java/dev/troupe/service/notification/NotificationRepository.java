package dev.troupe.service.notification;

import dev.troupe.protocol.service.ListPage;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.service.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of notifications, as clients see it. */
final class NotificationRepository {
  private static final String COLUMNS =
      "id, user_id, type, channel, message, state, attempts, created_at, sent_at, last_error,"
          + " CASE WHEN state = 'queued' AND claimed_by IS NULL THEN due_at END AS next_attempt_at";
  private static final String INSERT =
      "INSERT INTO notifications (user_id, type, channel, message, state, attempts, created_at,"
          + " due_at, give_up_at, source, trace) VALUES (?, ?, ?, ?, 'queued', 0, ?, ?, ?, ?, ?)";

  private NotificationRepository() {}

  /**
   * A notification to be stored.
   *
   * @param source identifies its cause, of which there is one notification; null if it has none
   * @param trace the {@code traceparent} of what has caused it; null if nobody traces that
   */
  record New(
      long userId,
      String type,
      String channel,
      String message,
      Instant now,
      Instant giveUpAt,
      @Nullable String source,
      @Nullable String trace) {}

  static Notification insert(Sql sql, New added) throws SQLException {
    return sql.one(Notification.class, INSERT + " RETURNING " + COLUMNS, parameters(added));
  }

  /** Stores the notification unless there is one of its source. */
  static void insertOnce(Sql sql, New added) throws SQLException {
    sql.update(INSERT + " ON CONFLICT DO NOTHING", parameters(added));
  }

  private static @Nullable Object[] parameters(New added) {
    return new @Nullable Object[] {
      added.userId(),
      added.type(),
      added.channel(),
      added.message(),
      added.now(),
      added.now(),
      added.giveUpAt(),
      added.source(),
      added.trace()
    };
  }

  static Optional<Notification> find(Sql sql, long id) throws SQLException {
    return sql.find(
        Notification.class, "SELECT " + COLUMNS + " FROM notifications WHERE id = ?", id);
  }

  /** A list of the notifications of a user, of those in a state, or of all. */
  static ListPage<Notification> list(
      Sql sql, @Nullable Long userId, @Nullable NotificationState state, Paging.Request page)
      throws SQLException {
    // The state is a literal, since SQLite uses a partial index for no parameter.
    String query =
        "SELECT %s FROM notifications WHERE id > ?%s%s ORDER BY id LIMIT ?"
            .formatted(
                COLUMNS,
                userId == null ? "" : " AND user_id = ?",
                state == null ? "" : " AND state = '" + state + "'");
    return userId == null
        ? sql.page(page, Notification.class, Notification::id, query, page.after(), page.rows())
        : sql.page(
            page, Notification.class, Notification::id, query, page.after(), userId, page.rows());
  }

  /** Queues a dead notification again as if it were new; empty if none of this id is dead. */
  static Optional<Notification> revive(Sql sql, long id, Instant now, Instant giveUpAt)
      throws SQLException {
    return sql.find(
        Notification.class,
        "UPDATE notifications SET state = 'queued', attempts = 0, due_at = ?, give_up_at = ?"
            + " WHERE id = ? AND state = 'dead' RETURNING "
            + COLUMNS,
        now,
        giveUpAt,
        id);
  }
}
