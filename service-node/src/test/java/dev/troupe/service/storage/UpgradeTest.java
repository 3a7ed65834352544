package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.service.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that the first version of a service stored is there in the newest. */
final class UpgradeTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user  | INSERT INTO users VALUES (7, 'alice', 'a@b')       | users",
        "order | INSERT INTO orders VALUES (7, 3, 'book', 2, 'created') | orders"
      })
  void whatIsThereIsInItsFirstVersion(String service, String insert, String table)
      throws Exception {
    Path file = directory.resolve("Old.db");
    migrateToFirst("db/" + service + "/sqlite", file);
    execute(file, insert);

    try (QueuedStorage storage =
        SqliteStorage.open(
            "Old", Engine.SQLITE.settings(directory), "db/" + service, temporary())) {
      long version = Notes.join(storage.read(sql -> version(sql.connection(), table)));
      assertThat(version).isEqualTo(1);
    }
  }

  @Test
  void existingNamesGetTheirOneFormAndConflictsStay() throws Exception {
    Path file = directory.resolve("Old.db");
    migrateToFirst("db/user/sqlite", file);
    execute(file, "INSERT INTO users VALUES (1, 'Rene\u0301', 'a@b')");
    execute(file, "INSERT INTO users VALUES (2, 'bob', 'a@b'), (3, 'bob ', 'a@b')");
    execute(file, "INSERT INTO users VALUES (4, 'c\u200b', 'a@b'), (5, ' dan', 'a@b')");

    try (QueuedStorage storage =
        SqliteStorage.open("Old", Engine.SQLITE.settings(directory), "db/user", temporary())) {
      List<String> names =
          Notes.join(
              storage.read(
                  sql -> Rows.strings(sql.connection(), "SELECT username FROM users ORDER BY id")));
      assertThat(names).containsExactly("Ren\u00e9", "bob", "bob ", "c\u200b", "dan");
    }
  }

  private static void migrateToFirst(String migrations, Path file) {
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + file, null, null)
        .locations("classpath:" + migrations)
        .target("1")
        .load()
        .migrate();
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long version(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement
          .executeQuery("SELECT version FROM " + table + " WHERE id = 7")
          .getLong("version");
    }
  }

  private Path temporary() throws Exception {
    return Files.createDirectories(directory.resolve("temporary"));
  }
}
