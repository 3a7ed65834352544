package dev.troupe.service.notification;

import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.settings.Section;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * How long sent and dead notifications are kept.
 *
 * @param keepSent after they were sent
 * @param keepDead after the deadline of dead ones
 * @param look how often to look for notifications that are too old
 */
record Retention(Duration keepSent, Duration keepDead, Duration look) {
  /** Rows per deletion: few, so that no write waits long behind one. */
  static final int BATCH = 500;

  static Retention read(Section s) {
    Duration minute = Duration.ofMinutes(1);
    Duration longest = Duration.ofDays(3650);
    return new Retention(
        s.duration("keep-sent", minute, longest),
        s.duration("keep-dead", minute, longest),
        s.duration("look", Duration.ofSeconds(1), Duration.ofHours(1)));
  }

  /**
   * Deletes some of the notifications that are too old.
   *
   * @return how many; less than {@link #BATCH} when nothing is left
   */
  int prune(Sql sql, Instant now) throws SQLException {
    int sent = delete(sql, "sent", "sent_at", now.minus(keepSent), BATCH);
    return sent + delete(sql, "dead", "give_up_at", now.minus(keepDead), BATCH - sent);
  }

  private static int delete(Sql sql, String state, String time, Instant before, int limit)
      throws SQLException {
    return sql.update(
        "DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE state = '%s' AND %s < ? ORDER BY %s LIMIT ?)"
            .formatted(state, time, time),
        before,
        limit);
  }
}
