package dev.troupe.service.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.AnsweredBeforeException;
import dev.troupe.protocol.service.KeyedWrite;
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
final class KeptAnswers {
  private static final int PRUNED_AT_ONCE = 4;

  private final IdempotencySettings settings;
  private final WallClock clock;
  // How often the clock had been set when the times of the table were last made to fit it.
  private volatile int fitted = -1;

  KeptAnswers(IdempotencySettings settings, WallClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  // Not one of the service's migrations: those are its own, and so is their numbering.
  static void createTable(Database database, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(database.createAnswers());
      addHeaders(connection, statement);
    }
  }

  // Not in the table that earlier versions created.
  private static void addHeaders(Connection connection, Statement statement) throws SQLException {
    String schema = connection.getSchema();
    try (ResultSet column =
        connection.getMetaData().getColumns(null, schema, "troupe_answers", "headers")) {
      if (!column.next()) {
        statement.execute("ALTER TABLE troupe_answers ADD COLUMN headers TEXT");
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
      Connection connection, KeyedWrite write, Storage.Work<Outcome<O>> work) throws SQLException {
    Optional<KeptAnswer> kept = find(connection, write.key());
    if (kept.isPresent()) {
      return () -> {
        throw new AnsweredBeforeException(kept.get().to(write.fingerprint()));
      };
    }
    int timesSet = clock.timesSet();
    if (timesSet == fitted) {
      requireRoom(connection);
    } else {
      // Not refused for want of room, which would undo this.
      fit(connection);
    }
    Outcome<O> outcome = work.on(connection);
    if (outcome instanceof Outcome.Done<O> done) {
      keep(connection, write, write.answer(done.value()));
    }
    return () -> {
      fitted = timesSet;
      return outcome;
    };
  }

  Optional<KeptAnswer> find(Connection connection, String key) throws SQLException {
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

  private static KeptAnswer answer(ResultSet row) throws SQLException {
    return new KeptAnswer(
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

  private void keep(Connection connection, KeyedWrite write, Answer answer) throws SQLException {
    // It may be there, too old to count. Not updated: ids must stay in the order of age.
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM troupe_answers WHERE idempotency_key = ?")) {
      delete.setString(1, write.key());
      delete.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO troupe_answers"
                + " (idempotency_key, fingerprint, status, body, headers, kept_at)"
                + " VALUES (?, ?, ?, ?, ?, ?) RETURNING id")) {
      insert.setString(1, write.key());
      insert.setString(2, write.fingerprint());
      insert.setString(3, answer.status().name());
      insert.setBytes(4, answer.body().bytes());
      insert.setString(5, kept(answer.headers()));
      insert.setLong(6, clock.now().toEpochMilli());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        prune(connection, row.getLong(1));
      }
    }
  }

  // Each write adds one and takes away up to a few of the oldest, so that none has much to do and
  // the table shrinks to its bound nevertheless. Ids only grow: their range bounds the number.
  private void prune(Connection connection, long newest) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM troupe_answers"
                + " WHERE id IN (SELECT id FROM troupe_answers ORDER BY id LIMIT ?)"
                + " AND (kept_at <= ? OR (id <= ? AND kept_at <= ?))")) {
      delete.setInt(1, PRUNED_AT_ONCE);
      delete.setLong(2, oldest());
      delete.setLong(3, newest - settings.maxKeys());
      delete.setLong(4, fresh());
      delete.executeUpdate();
    }
  }

  // To drop a fresh answer would make the repetition of its request a second write.
  private void requireRoom(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT kept_at, (SELECT max(id) FROM troupe_answers) - id FROM troupe_answers"
                    + " ORDER BY id LIMIT 1");
        ResultSet oldest = select.executeQuery()) {
      if (oldest.next()
          && oldest.getLong(2) >= settings.maxFresh()
          && oldest.getLong(1) > fresh()) {
        throw new StorageUnavailableException(
            "too many requests with an Idempotency-Key in the last %d s (storage.idempotency.max-keys, min-keep); try again later"
                .formatted(settings.minKeep().toSeconds()));
      }
    }
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
