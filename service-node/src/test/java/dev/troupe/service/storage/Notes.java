package dev.troupe.service.storage;

import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.IdempotencySettings;
import dev.troupe.protocol.settings.StorageSettings;
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
  static final IdempotencySettings IDEMPOTENCY = new IdempotencySettings(Duration.ofHours(1), 10);

  private Notes() {}

  static StorageSettings settings(Path directory) {
    return new StorageSettings(directory, Duration.ofSeconds(5), 2, 10_000, IDEMPOTENCY);
  }

  static QueuedStorage open(Path directory) throws Exception {
    return SqliteStorage.open(
        "Notes", settings(directory), MIGRATIONS, directory.resolve("temporary"));
  }

  static Storage.Work<Long> insert(String text) {
    return connection -> insert(connection, text);
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
            connection -> {
              List<String> texts = new ArrayList<>();
              try (PreparedStatement select =
                      connection.prepareStatement("SELECT text FROM notes ORDER BY id");
                  ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                  texts.add(rows.getString(1));
                }
              }
              return texts;
            }));
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
