package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.troupe.node.start.StartRefusal;
import dev.troupe.protocol.service.DegradedException;
import dev.troupe.protocol.service.StorageUnavailableException;
import dev.troupe.service.engine.Engine;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose file or disk fails says so, to requests and to the readiness check. */
final class StoreFailuresTest {
  private static final String LARGE = "x".repeat(200_000);

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("Notes.db");
  }

  private static CompletionStage<Long> pragma(QueuedStorage storage, String pragma) {
    return storage.write(
        sql -> {
          try (Statement statement = sql.connection().createStatement()) {
            statement.execute("PRAGMA " + pragma);
          }
          return 0L;
        });
  }

  @Test
  void aStoreThatCannotGrowIsUnhealthyWhileWritesFailAndRecovers() throws Exception {
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      Notes.join(storage.write(Notes.insert("before")));
      Notes.join(pragma(storage, "max_page_count = 1"));
      for (int i = 0; i < 3; i++) {
        String text = i + LARGE;
        assertThatThrownBy(() -> Notes.join(storage.write(Notes.insert(text))))
            .hasRootCauseInstanceOf(SQLException.class)
            .hasCauseInstanceOf(StorageUnavailableException.class)
            .cause()
            .hasMessage("Notes: the database takes no writes now: the disk is full");
        assertThatThrownBy(storage::check)
            .as("reads go on")
            .isInstanceOf(DegradedException.class)
            .hasMessage(file() + " cannot grow, since the disk is full. Free some space");
        assertThat(Notes.all(storage)).containsExactly("before");
      }

      Notes.join(pragma(storage, "max_page_count = 100000"));
      await().ignoreExceptions().untilAsserted(storage::check);
      Notes.join(storage.write(Notes.insert("after" + LARGE)));
      storage.check();
    }
  }

  @Test
  void oneWriteThatFillsTheDiskDoesNotFailItsNeighboursWithAnErrorOfTheStatement()
      throws Exception {
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      Notes.join(pragma(storage, "max_page_count = 1"));
      List<CompletionStage<Long>> stages = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        stages.add(storage.write(Notes.insert(i + LARGE)));
      }
      for (CompletionStage<Long> stage : stages) {
        assertThatThrownBy(() -> Notes.join(stage))
            .hasCauseInstanceOf(StorageUnavailableException.class);
      }
    }
  }

  @Test
  void damageInTheMiddleIsFoundByTheRequestsThatMeetIt() throws Exception {
    fill();
    damage();
    try (QueuedStorage storage = openWithoutQuickCheck()) {
      assertThatThrownBy(() -> Notes.all(storage))
          .hasCauseInstanceOf(StorageUnavailableException.class)
          .cause()
          .hasMessage("Notes: the database can't be used now: the database is damaged");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(storage::check)
            .isInstanceOf(SQLException.class)
            .hasMessageStartingWith(file() + " is damaged")
            .hasMessageContaining("bin/troupe data restore")
            .hasMessageNotContaining("SQLITE_");
      }
    }
  }

  @Test
  void damageInTheMiddleIsFoundAfterTheStart() throws Exception {
    fill();
    damage();
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(storage::check).hasMessageContaining(file() + " is damaged"));
    }
  }

  @Test
  void aFileThatWasLostOrEmptiedIsRefusedAndLeftAsItIs() throws Exception {
    fill();
    Files.write(file(), new byte[0]);
    assertRefused("is empty, but there was a store in it");
    assertThat(file()).isEmptyFile();
    Files.delete(file());
    assertRefused("is missing, but there was a store in it");
    assertThat(file()).doesNotExist();
  }

  @Test
  void anotherStoreThanTheNotedOneIsRefused() throws Exception {
    fill();
    Path other = Files.createDirectory(directory.resolve("other"));
    Notes.open(Engine.SQLITE, other).close();
    Path kept = directory.resolve("kept.db");
    Files.move(file(), kept);
    Files.copy(other.resolve("Notes.db"), file());
    assertRefused("holds another store than the one that was in it");

    Files.delete(file());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE bookmarks (url TEXT)");
    }
    assertRefused("holds another store than the one that was in it");

    Files.delete(file());
    Files.move(kept, file());
    Notes.open(Engine.SQLITE, directory).close();
  }

  @Test
  void theStoreOfAnotherServiceIsRefusedEvenWithItsNoteAndARenamedOneIsNot() throws Exception {
    fill();
    Path orders = directory.resolve("Orders.db");
    Files.copy(file(), orders);
    Files.copy(directory.resolve("Notes.store"), directory.resolve("Orders.store"));
    var settings = Engine.SQLITE.settings(directory);
    Path temporary = directory.resolve("temporary");
    assertThatThrownBy(() -> ServiceStorage.open("Orders", settings, "db/order", temporary))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageStartingWith(
            orders + " is the store of Notes (expected: that of Orders), and was left as it is");
    ServiceStorage.open("Orders", settings, Notes.MIGRATIONS, temporary).close();
    ServiceStorage.open("Orders", settings, Notes.MIGRATIONS, temporary).close();
  }

  @Test
  void aStoreOfAnEarlierVersionGetsItsNote() throws Exception {
    fill();
    Files.delete(directory.resolve("Notes.store"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE troupe_store");
    }
    Notes.open(Engine.SQLITE, directory).close();
    assertThat(directory.resolve("Notes.store")).content().contains("Notes.db");
    Notes.open(Engine.SQLITE, directory).close();
  }

  @Test
  void aFileThatVanishesIsNotCreatedAgain() throws Exception {
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      Files.move(file(), directory.resolve("aside.db"));
      storage.verify();
      assertThatThrownBy(storage::check).hasMessageContaining("gone");
      List<CompletionStage<List<String>>> reads = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        reads.add(storage.read(sql -> List.of()));
      }
      reads.forEach(read -> read.exceptionally(failure -> List.of()).toCompletableFuture().join());
      assertThat(file()).doesNotExist();
    }
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> Notes.open(Engine.SQLITE, directory))
        .isInstanceOf(UnusableStorageException.class)
        .matches(failure -> ((StartRefusal) failure).isFinal(), "another start ends the same")
        .hasMessageContaining(file() + " " + why)
        .hasMessageContaining("Notes.store")
        .hasMessageContaining("bin/troupe data restore");
  }

  private void fill() throws Exception {
    try (QueuedStorage storage = Notes.open(Engine.SQLITE, directory)) {
      for (int i = 0; i < 400; i++) {
        Notes.join(storage.write(Notes.insert(i + "x".repeat(1000))));
      }
    }
  }

  private void damage() throws Exception {
    try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
      bytes.seek(Files.size(file()) / 2 / 4096 * 4096);
      byte[] garbage = new byte[48_000];
      Arrays.fill(garbage, (byte) 0x5a);
      bytes.write(garbage);
    }
  }

  private QueuedStorage openWithoutQuickCheck() throws Exception {
    var settings = Engine.SQLITE.settings(directory);
    return ServiceStorage.open(
        "Notes",
        new dev.troupe.protocol.settings.StorageSettings(
            directory, settings.busyTimeout(), 2, 100, 0, settings.idempotency()),
        Notes.MIGRATIONS,
        directory.resolve("temporary"));
  }
}
