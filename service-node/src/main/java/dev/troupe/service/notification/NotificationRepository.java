package dev.troupe.service.notification;

import dev.troupe.service.page.Page;
import dev.troupe.service.page.Paging;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of notifications, as clients see it. */
final class NotificationRepository {
  static final String COLUMNS = "id, user_id, type, message, state, attempts, created_at, sent_at";

  private NotificationRepository() {}

  static Notification insert(
      Connection connection, long userId, String type, String message, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO notifications"
                + " (user_id, type, message, state, attempts, created_at, due_at)"
                + " VALUES (?, ?, ?, 'queued', 0, ?, ?) RETURNING "
                + COLUMNS)) {
      insert.setLong(1, userId);
      insert.setString(2, type);
      insert.setString(3, message);
      insert.setLong(4, now.toEpochMilli());
      insert.setLong(5, now.toEpochMilli());
      return notifications(insert).get(0);
    }
  }

  static Optional<Notification> find(Connection connection, long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM notifications WHERE id = ?")) {
      select.setLong(1, id);
      return notifications(select).stream().findFirst();
    }
  }

  static Page<Notification> list(Connection connection, Paging.Request page) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM notifications WHERE id > ? ORDER BY id LIMIT ?")) {
      select.setLong(1, page.after());
      select.setLong(2, page.limit() + 1L);
      return Page.of(notifications(select), page.limit(), Notification::id);
    }
  }

  static List<Notification> notifications(PreparedStatement statement) throws SQLException {
    List<Notification> notifications = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        notifications.add(
            new Notification(
                rows.getLong(1),
                rows.getLong(2),
                rows.getString(3),
                rows.getString(4),
                State.of(rows.getString(5)),
                rows.getInt(6),
                Instant.ofEpochMilli(rows.getLong(7)),
                instant(rows, 8)));
      }
    }
    return notifications;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
