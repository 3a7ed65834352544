package dev.troupe.service.background;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events that a service has published, in the order of their commits. */
public final class EventLog {
  /** Reads events of the service. HTTP does not reach it. */
  public static final Action<ReadEvents, EventPage> READ =
      Action.get("troupe.read_events", "/events", ReadEvents.class, EventPage.class);

  private static final int MOST_AT_ONCE = 250;
  // With what surrounds the events, a page is below the limit of a reply.
  private static final int MOST_CHARACTERS = 256 << 10;

  private EventLog() {}

  /**
   * Asks for events.
   *
   * @param after the number of the last event that the subscriber has
   * @param events the names of those it wants
   */
  public record ReadEvents(long after, List<String> events) {}

  /**
   * Events, the oldest first.
   *
   * @param log identifies the store of the source, in which the events have their numbers
   * @param newest the number of the newest event, or of the newest that was read; {@code after} if
   *     there are none now
   * @param last the number of the last event that was looked at; {@code after} if there is no more
   * @param more whether there may be more
   * @param unknown names that the service does not publish
   */
  public record EventPage(
      String log,
      List<LoggedEvent> events,
      long newest,
      long last,
      boolean more,
      List<String> unknown) {}

  /**
   * A published event.
   *
   * @param data its record as JSON
   * @param trace the {@code traceparent} of what has published it; null if nobody traces that
   */
  public record LoggedEvent(
      long id, String event, String eventKey, String data, @Nullable String trace) {}

  /**
   * @param trace see {@link LoggedEvent#trace}
   */
  static void append(
      Sql sql, String event, String key, String data, Instant now, @Nullable String trace)
      throws SQLException {
    sql.update(
        "INSERT INTO troupe_events (event, event_key, data, published_at, trace)"
            + " VALUES (?, ?, ?, ?, ?)",
        event,
        key,
        data,
        now,
        trace);
  }

  /**
   * @param published the names of all events of the service
   */
  static EventPage page(Sql sql, ReadEvents read, List<String> published) throws SQLException {
    List<LoggedEvent> rows =
        sql.list(
            LoggedEvent.class,
            "SELECT id, event, event_key, data, trace FROM troupe_events"
                + " WHERE id > ? ORDER BY id LIMIT ?",
            read.after(),
            MOST_AT_ONCE);
    List<LoggedEvent> wanted = new ArrayList<>();
    long last = read.after();
    int characters = 0;
    boolean more = rows.size() == MOST_AT_ONCE;
    for (LoggedEvent row : rows) {
      characters += row.data().length();
      if (characters > MOST_CHARACTERS && last > read.after()) {
        more = true;
        break;
      }
      last = row.id();
      if (read.events().contains(row.event())) {
        wanted.add(row);
      }
    }
    List<String> unknown =
        read.events().stream().filter(event -> !published.contains(event)).toList();
    String log = sql.one(row -> row.getString(1), "SELECT id FROM troupe_store");
    long newest = rows.isEmpty() ? newest(sql, read.after()) : rows.get(rows.size() - 1).id();
    return new EventPage(log, wanted, newest, last, more, unknown);
  }

  private static long newest(Sql sql, long orElse) throws SQLException {
    return sql.find(row -> row.getLong(1), "SELECT id FROM troupe_events ORDER BY id DESC LIMIT 1")
        .orElse(orElse);
  }

  /**
   * Deletes some of the events that were published before {@code time}.
   *
   * @return how many; less than {@code limit} when nothing is left
   */
  static int prune(Sql sql, Instant time, int limit) throws SQLException {
    return sql.update(
        "DELETE FROM troupe_events WHERE published_at < ? AND id IN"
            + " (SELECT id FROM troupe_events ORDER BY id LIMIT ?)",
        time,
        limit);
  }
}
