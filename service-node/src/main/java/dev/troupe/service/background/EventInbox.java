package dev.troupe.service.background;

import dev.troupe.protocol.service.EventId;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.settings.BackgroundSettings;
import dev.troupe.service.background.EventLog.EventPage;
import dev.troupe.service.queue.QueueLength;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The events of one source that a subscriber has got and not handled yet. Each is in the table
 * until it is handled; the position in the log of the source moves in the transaction that adds
 * them.
 */
public final class EventInbox {
  /** An event that was in hand at as many deaths of its process is dead. */
  static final int MOST_DEATHS = 3;

  private static final int LONGEST_ERROR = 500;
  private static final long NUMBERS_OF_A_LOG = 1L << 40;

  private final String source;
  private final BackgroundSettings settings;

  EventInbox(String source, BackgroundSettings settings) {
    this.source = source;
    this.settings = settings;
  }

  /**
   * An event to be handled.
   *
   * @param attempts so far
   * @param deaths of processes that had it in hand
   * @param trace as in {@link EventLog.LoggedEvent}
   */
  record Due(
      long id,
      String event,
      String eventKey,
      String data,
      int attempts,
      int deaths,
      @Nullable String trace) {}

  /** A failed attempt. */
  record Failure(Due event, String why) {}

  /**
   * How far the log of the source is read.
   *
   * @param log see {@link EventPage#log}; empty before the first page
   * @param number of the last event that is in the table or was
   */
  record Position(String log, long number) {}

  private record Cursor(String log, long position, String inHand) {}

  /**
   * Takes the events of this source over from a process that is gone. Those that it had in hand may
   * have ended it: they are suspect.
   */
  Position takeOver(Sql sql) throws SQLException {
    sql.update(
        "INSERT INTO troupe_cursors (source, log, position, in_hand) VALUES (?, '', 0, '')"
            + " ON CONFLICT DO NOTHING",
        source);
    Cursor cursor = cursor(sql);
    if (!cursor.inHand().isEmpty()) {
      sql.batch(
          "UPDATE troupe_inbox SET deaths = deaths + 1 WHERE source = ? AND id = ?",
          List.of(cursor.inHand().split(",")),
          id -> new Object[] {source, Long.parseLong(id)});
      sql.update(
          "UPDATE troupe_inbox SET state = 'dead', last_error = ?"
              + " WHERE source = ? AND state = 'queued' AND deaths >= ?",
          "%d processes ended while they handled it".formatted(MOST_DEATHS),
          source,
          MOST_DEATHS);
      holdInHand(sql, List.of());
    }
    return new Position(cursor.log(), cursor.position());
  }

  Position position(Sql sql) throws SQLException {
    Cursor cursor = cursor(sql);
    return new Position(cursor.log(), cursor.position());
  }

  private Cursor cursor(Sql sql) throws SQLException {
    return sql.one(
        Cursor.class, "SELECT log, position, in_hand FROM troupe_cursors WHERE source = ?", source);
  }

  /**
   * Begins to read another log of the source, whose store was replaced. Events of the old one that
   * are not handled yet stay, before those of the new one.
   */
  Position begin(Sql sql, Position begun) throws SQLException {
    sql.update("UPDATE troupe_inbox SET id = id - ? WHERE source = ?", NUMBERS_OF_A_LOG, source);
    sql.update(
        "UPDATE troupe_cursors SET log = ?, position = ?, in_hand = '' WHERE source = ?",
        begun.log(),
        begun.number(),
        source);
    return begun;
  }

  /**
   * Adds the events of {@code page}.
   *
   * @param position where the page begins
   * @return whether it was; not if another instance has moved the position
   */
  boolean add(Sql sql, long position, EventPage page, Instant now) throws SQLException {
    int moved =
        sql.update(
            "UPDATE troupe_cursors SET log = ?, position = ? WHERE source = ? AND position = ?",
            page.log(),
            page.last(),
            source,
            position);
    if (moved == 0) {
      return false;
    }
    sql.batch(
        "INSERT INTO troupe_inbox (source, id, event, event_key, data, state, attempts, deaths,"
            + " due_at, give_up_at, trace) VALUES (?, ?, ?, ?, ?, 'queued', 0, 0, ?, ?, ?)",
        page.events(),
        event ->
            new @Nullable Object[] {
              source,
              event.id(),
              event.event(),
              event.eventKey(),
              event.data(),
              now,
              now.plus(settings.deadline()),
              event.trace()
            });
    return true;
  }

  /**
   * The events to handle now: of each key the oldest, unless it waits for its next attempt.
   *
   * @param inHand events that are handled now; no other of their keys is due
   * @param limit of events in hand
   */
  List<Due> due(Sql sql, Collection<Due> inHand, int limit, Instant now) throws SQLException {
    Set<String> keys = inHand.stream().map(Due::eventKey).collect(Collectors.toSet());
    List<Due> oldest =
        sql.list(
            Due.class,
            "SELECT id, event, event_key, data, attempts, deaths, trace FROM troupe_inbox AS own"
                + " WHERE source = ? AND state = 'queued'"
                // A time further ahead than any pause was stored before the clock was set back.
                + " AND (due_at <= ? OR due_at > ?) AND NOT EXISTS (SELECT 1 FROM troupe_inbox"
                + " AS other WHERE other.source = own.source AND other.event_key = own.event_key"
                + " AND other.state = 'queued' AND other.id < own.id) ORDER BY id LIMIT ?",
            source,
            now,
            now.plus(settings.longestPause()),
            limit + inHand.size());
    List<Due> due = new ArrayList<>();
    for (Due event : oldest) {
      if (!keys.contains(event.eventKey()) && inHand.size() + due.size() < limit) {
        due.add(event);
      }
    }
    return alone(due, inHand.isEmpty());
  }

  // A suspect event is handled while no other is, so that only it can be to blame.
  private static List<Due> alone(List<Due> due, boolean nothingInHand) {
    Optional<Due> suspect = due.stream().filter(event -> event.deaths() > 0).findFirst();
    if (suspect.isEmpty()) {
      return due;
    }
    return nothingInHand ? List.of(suspect.get()) : List.of();
  }

  /** Notes which events this process handles from now on, in case it does not survive them. */
  void holdInHand(Sql sql, Collection<Due> events) throws SQLException {
    sql.update(
        "UPDATE troupe_cursors SET in_hand = ? WHERE source = ?",
        events.stream().map(event -> String.valueOf(event.id())).collect(Collectors.joining(",")),
        source);
  }

  /** Removes events that were handled; those whose handler wrote are removed already. */
  void handled(Sql sql, List<Long> ids) throws SQLException {
    sql.batch(
        "DELETE FROM troupe_inbox WHERE source = ? AND id = ?",
        ids,
        id -> new Object[] {source, id});
  }

  /**
   * Removes the event in the transaction of what its handler writes.
   *
   * @return false if it was handled before
   */
  public static boolean remove(Sql sql, EventId event) throws SQLException {
    return sql.update(
            "DELETE FROM troupe_inbox WHERE source = ? AND id = ? AND state = 'queued'",
            event.source(),
            event.number())
        > 0;
  }

  /** Says that this process has no events in hand any more, of whatever source. */
  static void letGo(Sql sql) throws SQLException {
    sql.update("UPDATE troupe_cursors SET in_hand = ''");
  }

  /**
   * @return whether the event is dead now
   */
  boolean failed(Sql sql, Failure failure, Instant now) throws SQLException {
    String why = failure.why();
    return sql.find(
            row -> row.getString(1).equals("dead"),
            "UPDATE troupe_inbox SET attempts = attempts + 1, due_at = ?, last_error = ?,"
                + " state = CASE WHEN give_up_at < ? THEN 'dead' ELSE state END"
                + " WHERE source = ? AND id = ? AND state = 'queued' RETURNING state",
            now.plus(settings.pauseAfter(failure.event().attempts() + 1)),
            why.length() <= LONGEST_ERROR ? why : why.substring(0, LONGEST_ERROR),
            now,
            source,
            failure.event().id())
        .orElse(false);
  }

  /** How many events there are, and since when. */
  QueueLength length(Sql sql) throws SQLException {
    return sql.one(
        row ->
            QueueLength.of(
                row.getInt(1), row.getLong(2) - settings.deadline().toMillis(), row.getInt(3)),
        "SELECT sum(CASE WHEN state = 'queued' THEN 1 ELSE 0 END),"
            + " min(CASE WHEN state = 'queued' THEN give_up_at END),"
            + " sum(CASE WHEN state = 'dead' THEN 1 ELSE 0 END)"
            + " FROM (SELECT state, give_up_at FROM troupe_inbox WHERE source = ?"
            + " ORDER BY id LIMIT ?) AS oldest",
        source,
        QueueLength.MOST);
  }

  /** Deletes some of the events that died before {@code time}. */
  static int prune(Sql sql, Instant time, int limit) throws SQLException {
    return sql.update(
        "DELETE FROM troupe_inbox WHERE state = 'dead' AND give_up_at < ? AND (source, id) IN"
            + " (SELECT source, id FROM troupe_inbox WHERE state = 'dead' AND give_up_at < ?"
            + " LIMIT ?)",
        time,
        time,
        limit);
  }
}
