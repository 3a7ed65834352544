package dev.troupe.service.background;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Sql;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events of one source a service handles, and which of them it has not handled yet.
 *
 * @param handles their names
 * @param position the number of the last event that the service has got
 * @param waiting the first 100 of those that are queued or dead
 */
public record InboxStatus(List<String> handles, long position, List<WaitingEvent> waiting) {
  /** Reads the status of a service. HTTP does not reach it. */
  public static final Action<ReadInbox, InboxStatus> READ =
      Action.get("troupe.read_inbox", "/inbox", ReadInbox.class, InboxStatus.class);

  private static final int MOST = 100;

  /** Asks for the events of {@code source}. */
  public record ReadInbox(String source) {}

  /**
   * An event that is not handled.
   *
   * @param state {@code queued} or {@code dead}
   * @param attempts that failed
   * @param lastError why the last of them failed
   */
  public record WaitingEvent(
      long id, String event, String state, int attempts, @Nullable String lastError) {}

  static InboxStatus read(Sql sql, String source, List<String> handles) throws SQLException {
    long position =
        sql.find(
                row -> row.getLong(1),
                "SELECT position FROM troupe_cursors WHERE source = ?",
                source)
            .orElse(0L);
    return new InboxStatus(
        handles,
        position,
        sql.list(
            WaitingEvent.class,
            "SELECT id, event, state, attempts, last_error FROM troupe_inbox WHERE source = ?"
                + " ORDER BY id LIMIT ?",
            source,
            MOST));
  }
}
