package dev.troupe.service.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The ids that an engine gives to the rows of a table. */
interface Ids {
  /** The last id assigned, even if its row is deleted; empty if the engine does not store it. */
  OptionalLong last(Connection connection, String table) throws SQLException;

  /** Makes the engine assign ids greater than {@code last} and than all in the table. */
  void continueAfter(Connection connection, String table, long last) throws SQLException;

  private static OptionalLong number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return OptionalLong.empty();
      }
      long number = row.getLong(1);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }
  }

  /** For tables with AUTOINCREMENT; other tables use the greatest id they hold plus 1. */
  final class Sqlite implements Ids {
    @Override
    public OptionalLong last(Connection connection, String table) throws SQLException {
      if (Rows.strings(connection, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'")
          .isEmpty()) {
        return OptionalLong.empty();
      }
      try (PreparedStatement select =
          connection.prepareStatement("SELECT seq FROM sqlite_sequence WHERE name = ?")) {
        select.setString(1, table);
        return number(select);
      }
    }

    @Override
    public void continueAfter(Connection connection, String table, long last) throws SQLException {
      OptionalLong now = last(connection, table);
      boolean counted =
          !Rows.strings(
                  connection,
                  "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '%s'"
                          .formatted(table)
                      + " AND sql LIKE '%AUTOINCREMENT%'")
              .isEmpty();
      if (!counted || (now.isPresent() && now.getAsLong() >= last)) {
        return;
      }
      String change =
          now.isPresent()
              ? "UPDATE sqlite_sequence SET seq = ? WHERE name = ?"
              : "INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)";
      try (PreparedStatement update = connection.prepareStatement(change)) {
        update.setLong(1, last);
        update.setString(2, table);
        update.executeUpdate();
      }
    }
  }

  /** For identity columns. */
  final class Postgres implements Ids {
    private static final String SEQUENCE =
        "pg_get_serial_sequence(quote_ident(current_schema()) || '.' || quote_ident(?), ?)";

    @Override
    public OptionalLong last(Connection connection, String table) throws SQLException {
      for (String column : columns(connection, table)) {
        try (PreparedStatement select =
            connection.prepareStatement("SELECT pg_sequence_last_value(" + SEQUENCE + ")")) {
          select.setString(1, table);
          select.setString(2, column);
          return number(select);
        }
      }
      return OptionalLong.empty();
    }

    @Override
    public void continueAfter(Connection connection, String table, long last) throws SQLException {
      for (String column : columns(connection, table)) {
        String greatest = "(SELECT max(\"%s\") FROM \"%s\")".formatted(column, table);
        try (PreparedStatement set =
            connection.prepareStatement(
                "SELECT setval("
                    + SEQUENCE
                    + ", greatest(?, "
                    + greatest
                    + ")) WHERE greatest(?, "
                    + greatest
                    + ") > 0")) {
          set.setString(1, table);
          set.setString(2, column);
          set.setLong(3, last);
          set.setLong(4, last);
          set.executeQuery().close();
        }
      }
    }

    private static Iterable<String> columns(Connection connection, String table)
        throws SQLException {
      return Rows.strings(
          connection,
          ("SELECT column_name FROM information_schema.columns WHERE table_schema ="
                  + " current_schema() AND table_name = '%s' AND is_identity = 'YES'")
              .formatted(table));
    }
  }
}
