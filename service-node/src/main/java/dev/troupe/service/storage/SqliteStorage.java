package dev.troupe.service.storage;

import dev.troupe.protocol.settings.StorageSettings;
import dev.troupe.service.clock.WallClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteException;

/** Opens the store of a service that keeps its data in a SQLite file. */
public final class SqliteStorage {
  private static final Logger log = LoggerFactory.getLogger(SqliteStorage.class);
  private static final String ENGINE = "sqlite";

  private SqliteStorage() {}

  /**
   * Opens {@code <directory>/<service>.db} and brings its schema up to date; several processes may
   * do so at the same time. Blocks.
   *
   * @param migrations class path folder of the Flyway migrations
   * @param temporary a directory of the home for what may be lost
   * @throws UnusableStorageException naming the file and what to do
   */
  public static QueuedStorage open(
      String service, StorageSettings settings, String migrations, Path temporary)
      throws UnusableStorageException {
    NativeLibrary.prepare(temporary);
    Path directory = settings.directory();
    Path file = file(directory, service);
    try {
      Files.createDirectories(directory);
      return openAlone(service, settings, migrations, file);
    } catch (IOException e) {
      throw new UnusableStorageException(
          ("%s cannot be written to: %s. Make it a directory that user '%s' may write to, or set"
                  + " troupe.storage.directory to another one")
              .formatted(directory, e, System.getProperty("user.name")),
          e);
    } catch (SQLException | FlywayException e) {
      throw explained(file, migrations, e);
    }
  }

  static Path file(Path directory, String service) {
    return directory.resolve(service + ".db");
  }

  // Neither Flyway on SQLite nor the change to WAL mode bears a second process. The monitor is for
  // threads of this process, which file locks do not keep apart.
  private static synchronized QueuedStorage openAlone(
      String service, StorageSettings settings, String migrations, Path file)
      throws IOException, SQLException, UnusableStorageException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = locked(channel, lockFile);
      try {
        StoreIdFile note = new StoreIdFile(file);
        note.requireContent();
        SqliteDatabase database = new SqliteDatabase(file, settings.busyTimeout());
        migrate(service, database, file, note, migrations);
        database.created();
        QueuedStorage storage =
            new QueuedStorage(
                service,
                database,
                new IdempotencyStore(settings.idempotency(), WallClock.system()),
                settings.readers(),
                settings.maxQueued());
        if (Files.size(file) <= settings.quickCheck()) {
          storage.verify();
        }
        return storage;
      } finally {
        lock.release();
      }
    }
  }

  private static FileLock locked(FileChannel channel, Path lockFile) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    log.info("waiting for {}, held by {}", lockFile, FileLockHolders.of(lockFile).text());
    return channel.lock();
  }

  private static void migrate(
      String service, SqliteDatabase database, Path file, StoreIdFile note, String migrations)
      throws IOException, SQLException, UnusableStorageException {
    try (Connection connection = database.migrationSource().getConnection()) {
      StoreIdentity found = StoreIdentity.read(database, connection);
      String id = note.identify(found.id(), found.migrations().isPresent());
      requireOwn(found, service, migrations, file);
      Schema schema = new Schema(migrations, MigrationFiles.folderFor(ENGINE, migrations));
      if (!schema.isUpToDate(database, connection)) {
        Migrations.run(
            database.migrationSource(),
            database,
            connection,
            file.toString(),
            schema.folder(),
            null);
        schema.complete(database, connection);
      }
      if (found.id().isEmpty() || !found.service().equals(Optional.of(service))) {
        new StoreIdRow(id, service).write(database, connection);
      }
      note.write(id);
    }
  }

  // One that was only given another name still has the tables of its service.
  private static void requireOwn(StoreIdentity found, String service, String migrations, Path file)
      throws UnusableStorageException {
    boolean otherService = found.service().filter(name -> !name.equals(service)).isPresent();
    if (otherService && !found.migrations().equals(Optional.of(migrations))) {
      throw new UnusableStorageException(
          ("%s is the store of %s (expected: that of %s), and was left as it is. Stop the cluster"
                  + " and restore a backup with bin/troupe data restore, or put the right file back")
              .formatted(file, found.service().orElseThrow(), service));
    }
  }

  private static UnusableStorageException explained(Path file, String migrations, Exception e) {
    SQLiteException cause = causeIn(e);
    String wayOut = cause == null ? null : SqliteFailures.wayOut(file, cause);
    if (cause == null || wayOut == null) {
      return new UnusableStorageException(
          "the schema of %s cannot be brought up to date by the migrations in %s: %s"
              .formatted(file, migrations, e.getMessage()),
          e);
    }
    return new UnusableStorageException("%s %s".formatted(file, wayOut), e);
  }

  private static @Nullable SQLiteException causeIn(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException exception) {
        return exception;
      }
    }
    return null;
  }
}
