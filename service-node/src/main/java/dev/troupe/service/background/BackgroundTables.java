package dev.troupe.service.background;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of events and jobs in the store of every service. */
public final class BackgroundTables {
  /** The table that says which instance does the background work. */
  public static final String LEASE_TABLE = "troupe_lease";

  /** The version of the tables; another version makes every store bring its tables up to date. */
  public static final int LAYOUT = 2;

  private BackgroundTables() {}

  /**
   * Creates the tables that are not there.
   *
   * @param numbered the type of a column that numbers its rows, without a number used twice
   */
  public static void create(Connection connection, String numbered) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS troupe_events (
            id           %s,
            event        TEXT   NOT NULL,
            event_key    TEXT   NOT NULL,
            data         TEXT   NOT NULL,
            published_at BIGINT NOT NULL
          )
          """
              .formatted(numbered));
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS troupe_inbox (
            source     TEXT    NOT NULL,
            id         BIGINT  NOT NULL,
            event      TEXT    NOT NULL,
            event_key  TEXT    NOT NULL,
            data       TEXT    NOT NULL,
            state      TEXT    NOT NULL,
            attempts   INTEGER NOT NULL,
            deaths     INTEGER NOT NULL,
            due_at     BIGINT  NOT NULL,
            give_up_at BIGINT  NOT NULL,
            last_error TEXT,
            PRIMARY KEY (source, id)
          )
          """);
      statement.execute(
          "CREATE INDEX IF NOT EXISTS troupe_inbox_keys"
              + " ON troupe_inbox (source, event_key, id) WHERE state = 'queued'");
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS troupe_cursors (
            source   TEXT   NOT NULL PRIMARY KEY,
            log      TEXT   NOT NULL,
            position BIGINT NOT NULL,
            in_hand  TEXT   NOT NULL
          )
          """);
      statement.execute(
          "CREATE TABLE IF NOT EXISTS troupe_lease (holder TEXT NOT NULL, beat BIGINT NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS troupe_jobs"
              + " (job TEXT NOT NULL PRIMARY KEY, ran_at BIGINT NOT NULL)");
    }
    addTrace(connection, "troupe_events");
    addTrace(connection, "troupe_inbox");
  }

  // Stores of earlier versions lack it, and those versions write rows without it.
  private static void addTrace(Connection connection, String table) throws SQLException {
    try (ResultSet column =
        connection.getMetaData().getColumns(null, connection.getSchema(), table, "trace")) {
      if (column.next()) {
        return;
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE " + table + " ADD COLUMN trace TEXT");
    }
  }
}
