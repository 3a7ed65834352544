package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.node.start.StartRefusal;
import dev.troupe.service.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStorageTest {
  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedIsThereAfterReopening() throws Exception {
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      assertThat(Notes.join(storage.write(Notes.insert("kept")))).isEqualTo(1);
    }
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      assertThat(Notes.all(storage)).containsExactly("kept");
      assertThat(Notes.join(storage.write(Notes.insert("next")))).isEqualTo(2);
    }
  }

  @Test
  void everyConnectionIsSafeForAcknowledgedWrites() throws Exception {
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      for (CompletionStage<String> pragma :
          List.of(
              storage.write(sql -> pragmas(sql.connection())),
              storage.read(sql -> pragmas(sql.connection())))) {
        assertThat(Notes.join(pragma)).startsWith("wal 2 1 ");
      }
    }
  }

  @Test
  void twoProcessesWorthOfWritersShareAFile() throws Exception {
    try (QueuedStorage one = Notes.open(Engine.SQLITE, directory);
        QueuedStorage other = Notes.open(Engine.SQLITE, directory)) {
      List<CompletionStage<Long>> stages = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        stages.add(one.write(Notes.insert("one " + i)));
        stages.add(other.write(Notes.insert("other " + i)));
      }
      List<Long> ids = stages.stream().map(Notes::join).toList();
      assertThat(ids).doesNotHaveDuplicates().hasSize(1000);
      assertThat(Notes.all(one)).hasSize(1000);
      assertThat(Notes.all(other)).hasSize(1000);
    }
  }

  @Test
  void instancesThatStartTogetherMigrateOnce() {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<CompletableFuture<QueuedStorage>> opening =
          IntStream.range(0, 4)
              .mapToObj(i -> CompletableFuture.supplyAsync(this::openUnchecked, threads))
              .toList();
      List<QueuedStorage> opened = opening.stream().map(Notes::join).toList();
      opened.forEach(QueuedStorage::close);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void migratesWhileOtherInstancesWrite() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (QueuedStorage one = Notes.open(Engine.SQLITE, directory);
        QueuedStorage other = Notes.open(Engine.SQLITE, directory)) {
      AtomicBoolean ended = new AtomicBoolean();
      List<CompletableFuture<Integer>> writers =
          Stream.of(one, other)
              .map(
                  storage ->
                      CompletableFuture.supplyAsync(() -> writeUntil(ended, storage), threads))
              .toList();
      try {
        for (int version = 0; version < 10; version++) {
          // Each of the two has other migrations than the store was opened with last.
          open(version % 2 == 0 ? "db/notes-added" : Notes.MIGRATIONS);
        }
      } finally {
        ended.set(true);
      }
      int written = writers.stream().mapToInt(Notes::join).sum();
      assertThat(Notes.all(one)).hasSize(written);
    } finally {
      threads.shutdown();
    }
  }

  private static int writeUntil(AtomicBoolean ended, QueuedStorage storage) {
    int written = 0;
    while (!ended.get()) {
      Notes.join(storage.write(Notes.insert(UUID.randomUUID().toString())));
      written++;
    }
    return written;
  }

  @Test
  void aDirectoryThatCannotBeWrittenToIsNamed() throws Exception {
    Path occupied = Files.writeString(directory.resolve("data"), "a file, not a directory");
    assertThatThrownBy(() -> Notes.open(Engine.SQLITE, occupied))
        .isInstanceOf(UnusableStorageException.class)
        .matches(failure -> !((StartRefusal) failure).isFinal(), "may be mended meanwhile")
        .hasMessageContaining(occupied.toString())
        .hasMessageContaining("troupe.storage.directory");
  }

  @Test
  void aFileThatIsNoDatabaseIsNamedAndLeftAlone() throws Exception {
    Path file = Files.writeString(directory.resolve("Notes.db"), "not a database ".repeat(500));
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> Notes.open(Engine.SQLITE, directory))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("restore a backup");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aDamagedDatabaseIsNamed() throws Exception {
    Path file = directory.resolve("Notes.db");
    Notes.open(Engine.SQLITE, directory).close();
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    assertThatThrownBy(() -> Notes.open(Engine.SQLITE, directory))
        .isInstanceOf(UnusableStorageException.class)
        .matches(failure -> ((StartRefusal) failure).isFinal(), "another start ends the same")
        .hasMessageContaining(file + " is damaged");
  }

  @Test
  void aNewerSchemaIsRefused() throws Exception {
    Notes.open(Engine.SQLITE, directory).close();
    Path file = directory.resolve("Notes.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO flyway_schema_history SELECT 2, '7', 'later', type, 'V7__later.sql', 1,"
              + " installed_by, installed_on, execution_time, success FROM flyway_schema_history"
              + " WHERE installed_rank = 1");
      // As the newer version would have left it.
      statement.execute("UPDATE troupe_schema SET fingerprint = 7");
    }
    assertThatThrownBy(() -> Notes.open(Engine.SQLITE, directory))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("version 7")
        .hasMessageContaining("up to 1")
        .hasMessageContaining("V7__later.sql is not compatible")
        .hasMessageContaining("backup");
  }

  @Test
  void anUnchangedSchemaIsNotMigratedAgain() throws Exception {
    Notes.open(Engine.SQLITE, directory).close();
    Path file = directory.resolve("Notes.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE flyway_schema_history");
    }
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      assertThat(Notes.all(storage)).isEmpty();
    }
  }

  @Test
  void migrationsThatDoNotWorkAreNamed() {
    assertThatThrownBy(() -> open("db/broken"))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("db/broken")
        .hasMessageContaining("Notes.db");
    assertThatThrownBy(() -> open("db/nowhere"))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("db/nowhere");
  }

  @Test
  void theCheckNoticesThatTheFileWasDeletedOrReplaced() throws Exception {
    Path file = directory.resolve("Notes.db");
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      storage.check();
      Path aside = Files.move(file, directory.resolve("aside.db"));
      assertThatThrownBy(storage::check)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("gone");
      Files.copy(aside, file);
      assertThatThrownBy(storage::check).hasMessageContaining("replaced");
    }
  }

  @Test
  void theDriversLibraryIsUnpackedOncePerHome() throws Exception {
    Path temporary = directory.resolve("temporary");
    NativeLibrary.prepare(temporary);
    NativeLibrary.prepare(temporary);
    try (Stream<Path> files = Files.walk(temporary).filter(Files::isRegularFile)) {
      assertThat(files).hasSize(1);
    }
  }

  private QueuedStorage openUnchecked() {
    try {
      return Notes.open(Engine.SQLITE, directory);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void open(String migrations) throws Exception {
    SqliteStorage.open(
            "Notes", Engine.SQLITE.settings(directory), migrations, directory.resolve("tmp"))
        .close();
  }

  private static String pragmas(Connection connection) throws SQLException {
    StringBuilder values = new StringBuilder();
    for (String pragma : List.of("journal_mode", "synchronous", "foreign_keys", "busy_timeout")) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
        row.next();
        values.append(row.getString(1)).append(' ');
      }
    }
    return values.toString().strip();
  }
}
