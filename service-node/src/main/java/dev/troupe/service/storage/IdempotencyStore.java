package dev.troupe.service.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.AnsweredBeforeException;
import dev.troupe.protocol.service.IdempotentWrite;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.service.StorageUnavailableException;
import dev.troupe.protocol.settings.IdempotencySettings;
import dev.troupe.service.clock.WallClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The table of answers that were given under an idempotency key, beside the tables of the service:
 * whatever commits a write commits its answer.
 */
final class IdempotencyStore {
  /** Of one row: to count all answers at each write would take too long. */
  static final String COUNT_TABLE = "troupe_answers_count";

  /** Changes with the tables that a store has beside those of its service. */
  static final int LAYOUT = 2;

  private static final int PRUNED_AT_ONCE = 4;
  private static final Map<String, String> LATER_COLUMNS =
      Map.of("headers", "TEXT", "client", "TEXT", "client_number", "BIGINT");

  private final IdempotencySettings settings;
  private final WallClock clock;
  // How often the clock had been set when the times of the table were last made to fit it.
  private volatile int fitted = -1;

  IdempotencyStore(IdempotencySettings settings, WallClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  // Not one of the service's migrations: those are its own, and so is their numbering.
  static void createTable(Database database, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(database.createAnswers());
      // Not in the tables that earlier versions created. Instances of these leave them out.
      for (Map.Entry<String, String> column : LATER_COLUMNS.entrySet()) {
        add(connection, statement, column.getKey(), column.getValue());
      }
      statement.execute(
          "CREATE INDEX IF NOT EXISTS troupe_answers_of_client"
              + " ON troupe_answers (client, client_number)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS troupe_answers_count (answers BIGINT NOT NULL)");
    }
    count(connection);
  }

  /** Others than this have changed the table. */
  static void count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM troupe_answers_count");
      statement.execute("INSERT INTO troupe_answers_count SELECT count(*) FROM troupe_answers");
    }
  }

  private static void add(Connection connection, Statement statement, String name, String type)
      throws SQLException {
    String schema = connection.getSchema();
    try (ResultSet column =
        connection.getMetaData().getColumns(null, schema, "troupe_answers", name)) {
      if (!column.next()) {
        statement.execute("ALTER TABLE troupe_answers ADD COLUMN %s %s".formatted(name, type));
      }
    }
  }

  /**
   * Does {@code work} unless there is an answer under its key, and keeps the answer it leads to.
   * Runs in the transaction of a write.
   *
   * @return what to do once the transaction is committed: until then the answer found may be undone
   */
  <O extends Record> Supplier<Outcome<O>> once(
      Connection connection, IdempotentWrite write, Storage.Work<Outcome<O>> work)
      throws SQLException {
    Optional<StoredReply> kept = find(connection, write.key());
    if (kept.isPresent()) {
      return () -> {
        throw new AnsweredBeforeException(kept.get().to(write.fingerprint()));
      };
    }
    String client = ClientHash.of(write.client());
    long count = counted(connection);
    int timesSet = clock.timesSet();
    if (timesSet == fitted) {
      requireRoom(connection, client, count);
    } else {
      // Not refused for want of room, which would undo this.
      fit(connection);
    }
    Outcome<O> outcome = work.on(connection);
    if (outcome instanceof Outcome.Done<O> done) {
      keep(connection, write, write.answer(done.value()), client, count);
    }
    return () -> {
      fitted = timesSet;
      return outcome;
    };
  }

  Optional<StoredReply> find(Connection connection, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT fingerprint, status, body, headers FROM troupe_answers"
                + " WHERE idempotency_key = ? AND kept_at > ?")) {
      select.setString(1, key);
      select.setLong(2, oldest());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(answer(row)) : Optional.empty();
      }
    }
  }

  private static StoredReply answer(ResultSet row) throws SQLException {
    return new StoredReply(
        row.getString(1),
        new Answer(
            ReplyStatus.valueOf(row.getString(2)),
            JsonBytes.of(row.getBytes(3)),
            headers(row.getString(4))));
  }

  private static Map<String, String> headers(@Nullable String kept) throws SQLException {
    if (kept == null) {
      return Map.of();
    }
    try {
      return Json.MAPPER.readValue(kept, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("troupe_answers: headers are not a JSON object of texts", e);
    }
  }

  private static @Nullable String kept(Map<String, String> headers) {
    return headers.isEmpty() ? null : new String(Json.write(headers), UTF_8);
  }

  private void keep(
      Connection connection, IdempotentWrite write, Answer answer, String client, long count)
      throws SQLException {
    int gone;
    // It may be there, too old to count. Not updated: ids must stay in the order of age.
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM troupe_answers WHERE idempotency_key = ?")) {
      delete.setString(1, write.key());
      gone = delete.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO troupe_answers"
                + " (idempotency_key, fingerprint, status, body, headers, kept_at, client,"
                + " client_number) VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(client_number),"
                + " 0) + 1 FROM troupe_answers WHERE client = ?)) RETURNING client_number")) {
      insert.setString(1, write.key());
      insert.setString(2, write.fingerprint());
      insert.setString(3, answer.status().name());
      insert.setBytes(4, answer.body().bytes());
      insert.setString(5, kept(answer.headers()));
      insert.setLong(6, clock.now().toEpochMilli());
      insert.setString(7, client);
      insert.setString(8, client);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        gone += prune(connection, client, row.getLong(1));
      }
    }
    long tooMany = count + 1 - gone - settings.maxKeys();
    if (tooMany > 0) {
      gone += pruneOldest(connection, Math.min(tooMany, PRUNED_AT_ONCE));
    }
    add(connection, 1 - gone);
  }

  private static void add(Connection connection, int change) throws SQLException {
    if (change == 0) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE troupe_answers_count SET answers = answers + ?")) {
      update.setInt(1, change);
      update.executeUpdate();
    }
  }

  // Each write adds one and takes away up to a few of the oldest, of all and of its client, so that
  // none has much to do and the table shrinks to its bounds nevertheless. The numbers of a client
  // only grow, and its oldest go first: their range bounds how many there are.
  private int prune(Connection connection, String client, long newestOfClient) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            DELETE FROM troupe_answers WHERE id IN (
              SELECT id FROM (SELECT id, kept_at FROM troupe_answers ORDER BY id LIMIT ?) AS oldest
                WHERE kept_at <= ?
              UNION
              SELECT id FROM (SELECT id, client_number, kept_at FROM troupe_answers
                  WHERE client = ? ORDER BY client_number LIMIT ?) AS own
                WHERE client_number <= ? AND kept_at <= ?)
            """)) {
      delete.setInt(1, PRUNED_AT_ONCE);
      delete.setLong(2, oldest());
      delete.setString(3, client);
      delete.setInt(4, PRUNED_AT_ONCE);
      delete.setLong(5, newestOfClient - settings.maxKeysPerClient());
      delete.setLong(6, fresh());
      return delete.executeUpdate();
    }
  }

  // After those of the client, who may have made room with its own.
  private int pruneOldest(Connection connection, long count) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM troupe_answers WHERE kept_at <= ?"
                + " AND id IN (SELECT id FROM troupe_answers ORDER BY id LIMIT ?)")) {
      delete.setLong(1, fresh());
      delete.setLong(2, count);
      return delete.executeUpdate();
    }
  }

  private static long counted(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT answers FROM troupe_answers_count");
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  // To drop a fresh answer would make the repetition of its request a second write.
  private void requireRoom(Connection connection, String client, long count) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT * FROM (SELECT 0 AS of_client, kept_at, 0 AS later
              FROM troupe_answers ORDER BY id LIMIT 1) AS oldest
            UNION ALL
            SELECT * FROM (SELECT 1, kept_at,
                (SELECT max(client_number) FROM troupe_answers WHERE client = ?) - client_number
              FROM troupe_answers WHERE client = ? ORDER BY client_number LIMIT 1) AS own
            """)) {
      select.setString(1, client);
      select.setString(2, client);
      try (ResultSet oldest = select.executeQuery()) {
        while (oldest.next()) {
          boolean ofClient = oldest.getInt(1) == 1;
          requireRoom(ofClient, oldest.getLong(2), ofClient ? oldest.getLong(3) + 1 : count);
        }
      }
    }
  }

  private void requireRoom(boolean ofClient, long oldest, long count) {
    long most = ofClient ? settings.maxFreshPerClient() : settings.maxKeys();
    if (count < most || oldest <= fresh()) {
      return;
    }
    throw new StorageUnavailableException(
        "%s sent %d new Idempotency-Keys in the last %d s (expected: less than %d, storage.idempotency.max-keys%s); try again later"
            .formatted(
                ofClient ? "this client" : "all clients together",
                count,
                settings.minKeep().toSeconds(),
                most,
                ofClient ? " / 2" : ""),
        Duration.ofMillis(oldest - fresh()));
  }

  // After the clock was set back, answers of the future would count as fresh for as long as it was
  // set back by, and new keys would find no room.
  private void fit(Connection connection) throws SQLException {
    long now = clock.now().toEpochMilli();
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE troupe_answers SET kept_at = ? WHERE kept_at > ?")) {
      update.setLong(1, now);
      update.setLong(2, now);
      update.executeUpdate();
    }
  }

  private long fresh() {
    return before(settings.minKeep());
  }

  private long oldest() {
    return before(settings.keep());
  }

  // A clock that is set forward makes no answer older; what is stored since then is kept longer.
  private long before(Duration age) {
    return clock.steady(age).minus(age).toEpochMilli();
  }
}
