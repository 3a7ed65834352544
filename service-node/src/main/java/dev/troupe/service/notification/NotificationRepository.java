package dev.troupe.service.notification;

import dev.troupe.service.page.ListPage;
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
  private static final String COLUMNS =
      "id, user_id, type, channel, message, state, attempts, created_at, sent_at, last_error,"
          + " CASE WHEN state = 'queued' AND claimed_by IS NULL THEN due_at END";
  private static final String INSERT =
      "INSERT INTO notifications (user_id, type, channel, message, state, attempts, created_at,"
          + " due_at, give_up_at, source) VALUES (?, ?, ?, ?, 'queued', 0, ?, ?, ?, ?)";

  private NotificationRepository() {}

  /**
   * A notification to be stored.
   *
   * @param source identifies its cause, of which there is one notification; null if it has none
   */
  record New(
      long userId,
      String type,
      String channel,
      String message,
      Instant now,
      Instant giveUpAt,
      @Nullable String source) {}

  /** Which notifications to list; all if neither is given. */
  record Filter(@Nullable Long userId, @Nullable NotificationState state) {}

  static Notification insert(Connection connection, New added) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT + " RETURNING " + COLUMNS)) {
      bind(insert, added);
      return notifications(insert).get(0);
    }
  }

  /** Stores the notifications whose source is new. */
  static void insertOnce(Connection connection, List<New> all) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(INSERT + " ON CONFLICT DO NOTHING")) {
      for (New added : all) {
        bind(insert, added);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void bind(PreparedStatement insert, New added) throws SQLException {
    insert.setLong(1, added.userId());
    insert.setString(2, added.type());
    insert.setString(3, added.channel());
    insert.setString(4, added.message());
    insert.setLong(5, added.now().toEpochMilli());
    insert.setLong(6, added.now().toEpochMilli());
    insert.setLong(7, added.giveUpAt().toEpochMilli());
    insert.setString(8, added.source());
  }

  static Optional<Notification> find(Connection connection, long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM notifications WHERE id = ?")) {
      select.setLong(1, id);
      return notifications(select).stream().findFirst();
    }
  }

  static ListPage<Notification> list(Connection connection, Filter filter, Paging.Request page)
      throws SQLException {
    Long user = filter.userId();
    NotificationState state = filter.state();
    // The state is a literal, since SQLite uses a partial index for no parameter.
    String sql =
        "SELECT %s FROM notifications WHERE id > ?%s%s ORDER BY id LIMIT ?"
            .formatted(
                COLUMNS,
                user == null ? "" : " AND user_id = ?",
                state == null ? "" : " AND state = '" + state + "'");
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int parameter = 0;
      select.setLong(++parameter, page.after());
      if (user != null) {
        select.setLong(++parameter, user);
      }
      select.setLong(++parameter, page.limit() + 1L);
      try (ResultSet rows = select.executeQuery()) {
        return ListPage.read(rows, page, NotificationRepository::notification, Notification::id);
      }
    }
  }

  /** Queues a dead notification again as if it were new; empty if none of this id is dead. */
  static Optional<Notification> revive(
      Connection connection, long id, Instant now, Instant giveUpAt) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET state = 'queued', attempts = 0, due_at = ?, give_up_at = ?"
                + " WHERE id = ? AND state = 'dead' RETURNING "
                + COLUMNS)) {
      update.setLong(1, now.toEpochMilli());
      update.setLong(2, giveUpAt.toEpochMilli());
      update.setLong(3, id);
      return notifications(update).stream().findFirst();
    }
  }

  private static List<Notification> notifications(PreparedStatement statement) throws SQLException {
    List<Notification> notifications = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        notifications.add(notification(rows));
      }
    }
    return notifications;
  }

  private static Notification notification(ResultSet row) throws SQLException {
    return new Notification(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        NotificationState.of(row.getString(6)),
        row.getInt(7),
        Instant.ofEpochMilli(row.getLong(8)),
        instant(row, 9),
        row.getString(10),
        instant(row, 11));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
