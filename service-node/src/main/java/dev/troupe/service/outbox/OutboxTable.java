package dev.troupe.service.outbox;

import dev.troupe.service.notification.NotificationService.Sourced;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The table {@code outbox} of a service, as one of its instances sees it. */
final class OutboxTable {
  /** For this long only the instance that wrote a row may send it; then all may. */
  static final Duration OWN = Duration.ofSeconds(30);

  private final String slot;

  OutboxTable(String slot) {
    this.slot = slot;
  }

  /** A notification and its place in the table. */
  record Entry(long id, Sourced notification) {}

  void add(Connection connection, Sourced notification, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO outbox (source, user_id, message, written_by, written_at)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      insert.setString(1, notification.source());
      insert.setLong(2, notification.userId());
      insert.setString(3, notification.message());
      insert.setString(4, slot);
      insert.setLong(5, now.toEpochMilli());
      insert.executeUpdate();
    }
  }

  /**
   * The oldest that are for this instance to send. What two instances send is stored once: hence a
   * clock that is set only matters when it is set back, and what is of the future is for all.
   */
  List<Entry> next(Connection connection, int limit, Instant now) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, source, user_id, message FROM outbox WHERE written_by = ? OR written_at < ?"
                + " OR written_at > ? ORDER BY id LIMIT ?")) {
      select.setString(1, slot);
      select.setLong(2, now.minus(OWN).toEpochMilli());
      select.setLong(3, now.plus(OWN).toEpochMilli());
      select.setInt(4, limit);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(
              new Entry(
                  rows.getLong(1),
                  new Sourced(rows.getString(2), rows.getLong(3), rows.getString(4))));
        }
      }
      return entries;
    }
  }

  int remove(Connection connection, List<Entry> entries) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM outbox WHERE id = ?")) {
      for (Entry entry : entries) {
        delete.setLong(1, entry.id());
        delete.addBatch();
      }
      delete.executeBatch();
      return entries.size();
    }
  }
}
