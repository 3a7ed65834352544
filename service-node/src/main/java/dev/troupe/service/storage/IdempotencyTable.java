package dev.troupe.service.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.IdempotentWrite;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code troupe_answers}: one stored reply for each idempotency key. A second table of
 * one row counts them, since counting all rows at each write would take too long.
 */
final class IdempotencyTable {
  static final String COUNT_TABLE = "troupe_answers_count";

  /** The version of these tables; another version makes every store bring its tables up to date. */
  static final int LAYOUT = 2;

  private static final Map<String, String> LATER_COLUMNS =
      Map.of("headers", "TEXT", "client", "TEXT", "client_number", "BIGINT");

  private IdempotencyTable() {}

  /**
   * Creates the tables, or adds what the tables of an earlier version lack. The migrations of a
   * service do not do this: their numbers belong to the service.
   */
  static void create(Database database, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(database.createAnswers());
      // Earlier versions created the table without these columns. Their instances may still run and
      // insert rows without them.
      for (Map.Entry<String, String> column : LATER_COLUMNS.entrySet()) {
        addColumn(connection, statement, column.getKey(), column.getValue());
      }
      statement.execute(
          "CREATE INDEX IF NOT EXISTS troupe_answers_of_client"
              + " ON troupe_answers (client, client_number)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS troupe_answers_count (answers BIGINT NOT NULL)");
    }
    recount(connection);
  }

  private static void addColumn(
      Connection connection, Statement statement, String name, String type) throws SQLException {
    String schema = connection.getSchema();
    try (ResultSet column =
        connection.getMetaData().getColumns(null, schema, "troupe_answers", name)) {
      if (!column.next()) {
        statement.execute("ALTER TABLE troupe_answers ADD COLUMN %s %s".formatted(name, type));
      }
    }
  }

  /** Sets the count anew, after an import or an earlier version changed the rows without it. */
  static void recount(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM troupe_answers_count");
      statement.execute("INSERT INTO troupe_answers_count SELECT count(*) FROM troupe_answers");
    }
  }

  static long count(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT answers FROM troupe_answers_count");
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  static void addToCount(Connection connection, int change) throws SQLException {
    if (change == 0) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE troupe_answers_count SET answers = answers + ?")) {
      update.setInt(1, change);
      update.executeUpdate();
    }
  }

  /**
   * @param after replies that were stored at this time or earlier have expired
   */
  static Optional<StoredReply> find(Connection connection, String key, Instant after)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT fingerprint, status, body, headers FROM troupe_answers"
                + " WHERE idempotency_key = ? AND kept_at > ?")) {
      select.setString(1, key);
      select.setLong(2, after.toEpochMilli());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(storedReply(row)) : Optional.empty();
      }
    }
  }

  private static StoredReply storedReply(ResultSet row) throws SQLException {
    return new StoredReply(
        row.getString(1),
        new Answer(
            ReplyStatus.valueOf(row.getString(2)),
            JsonBytes.of(row.getBytes(3)),
            headersFrom(row.getString(4))));
  }

  private static Map<String, String> headersFrom(@Nullable String json) throws SQLException {
    if (json == null) {
      return Map.of();
    }
    try {
      return Json.MAPPER.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("troupe_answers: headers are not a JSON object of texts", e);
    }
  }

  private static @Nullable String jsonOf(Map<String, String> headers) {
    return headers.isEmpty() ? null : new String(Json.write(headers), UTF_8);
  }

  /**
   * Deletes the row of a key, if there is one.
   *
   * @return 0 or 1
   */
  static int delete(Connection connection, String key) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM troupe_answers WHERE idempotency_key = ?")) {
      delete.setString(1, key);
      return delete.executeUpdate();
    }
  }

  /**
   * Inserts the reply to a write whose key has no row. An existing row is never updated instead:
   * the ids of the rows must stay in the order of their age.
   *
   * @param client the {@link ClientHash} of the write's client
   * @return the number of the row among those of its client; each is greater than the one before
   */
  static long insert(
      Connection connection, IdempotentWrite write, Answer answer, String client, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO troupe_answers (idempotency_key, fingerprint, status, body, headers,"
                + " kept_at, client, client_number) VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT"
                + " coalesce(max(client_number), 0) + 1 FROM troupe_answers WHERE client = ?))"
                + " RETURNING client_number")) {
      insert.setString(1, write.key());
      insert.setString(2, write.fingerprint());
      insert.setString(3, answer.status().name());
      insert.setBytes(4, answer.body().bytes());
      insert.setString(5, jsonOf(answer.headers()));
      insert.setLong(6, now.toEpochMilli());
      insert.setString(7, client);
      insert.setString(8, client);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
