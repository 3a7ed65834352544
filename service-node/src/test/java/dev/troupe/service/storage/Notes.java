package dev.troupe.service.storage;

import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.IdempotencySettings;
import dev.troupe.protocol.settings.StorageSettings;
import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A table of unique texts to try a store with. */
final class Notes {
  static final String MIGRATIONS = "db/notes";
  static final IdempotencySettings IDEMPOTENCY = Engine.SQLITE.settings(Path.of("")).idempotency();

  private Notes() {}

  static QueuedStorage open(Engine engine, Path directory) throws Exception {
    Path temporary = directory.resolve("temporary");
    StorageSettings settings =
        engine.settings(
            directory,
            "Notes",
            template -> ServiceStorage.open("Notes", template, MIGRATIONS, temporary).close());
    return ServiceStorage.open("Notes", settings, MIGRATIONS, temporary);
  }

  /** The database of a store that was opened before. */
  static Database database(Engine engine, Path directory) throws Exception {
    StorageSettings settings = engine.settings(directory);
    if (settings.server() == null) {
      return new SqliteDatabase(directory.resolve("Notes.db"), settings.busyTimeout());
    }
    PostgresOpening done = new PostgresOpening("Notes", () -> {}, Duration.ofSeconds(1));
    done.begin();
    return new PostgresDatabase("Notes", "notes", settings, settings.server(), done);
  }

  static Storage.Work<Long> insert(String text) {
    return sql -> insert(sql.connection(), text);
  }

  static long insert(Connection connection, String text) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO notes (text) VALUES (?) RETURNING id")) {
      insert.setString(1, text);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  static List<String> all(Storage storage) {
    return join(
        storage.read(
            sql -> {
              List<String> texts = new ArrayList<>();
              try (PreparedStatement select =
                      sql.connection().prepareStatement("SELECT text FROM notes ORDER BY id");
                  ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                  texts.add(rows.getString(1));
                }
              }
              return texts;
            }));
  }

  static <T> Outcome<T> join(OutcomeStage<T> outcome) {
    return join(outcome.stage());
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
