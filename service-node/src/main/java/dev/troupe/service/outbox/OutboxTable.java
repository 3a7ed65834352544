package dev.troupe.service.outbox;

import dev.troupe.protocol.service.Sql;
import dev.troupe.service.notification.NotificationService.Sourced;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

  void add(Sql sql, Sourced notification, Instant now) throws SQLException {
    sql.update(
        "INSERT INTO outbox (source, user_id, message, written_by, written_at)"
            + " VALUES (?, ?, ?, ?, ?)",
        notification.source(),
        notification.userId(),
        notification.message(),
        slot,
        now);
  }

  /**
   * The oldest that are for this instance to send. What two instances send is stored once: hence a
   * clock that is set only matters when it is set back, and what is of the future is for all.
   */
  List<Entry> next(Sql sql, int limit, Instant now) throws SQLException {
    return sql.list(
        row ->
            new Entry(
                row.getLong(1), new Sourced(row.getString(2), row.getLong(3), row.getString(4))),
        "SELECT id, source, user_id, message FROM outbox WHERE written_by = ? OR written_at < ?"
            + " OR written_at > ? ORDER BY id LIMIT ?",
        slot,
        now.minus(OWN),
        now.plus(OWN),
        limit);
  }

  int remove(Sql sql, List<Entry> entries) throws SQLException {
    sql.batch("DELETE FROM outbox WHERE id = ?", entries, entry -> new Object[] {entry.id()});
    return entries.size();
  }
}
