package dev.troupe.service.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Copies the SQLite file of a service while it is in use. */
public final class SqliteBackup {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private SqliteBackup() {}

  /** The file with the data of a service. */
  public static Path file(Path directory, String service) {
    return SqliteStorage.file(directory, service);
  }

  /** Whether {@code file} holds a store, or is known to have held one. */
  public static boolean isExpected(Path file) throws IOException {
    return file.toFile().exists() || new StoreIdFile(file).read().isPresent();
  }

  /**
   * Writes what {@code file} holds at one moment to {@code copy}, and verifies that. Writers go on
   * meanwhile.
   *
   * @param service whose store it is; the copy says so
   * @param temporary a directory of the home for what may be lost
   * @throws UnusableStorageException naming the file at fault, and what to do
   */
  public static void copy(String service, Path file, Path copy, Path temporary)
      throws IOException, UnusableStorageException {
    NativeLibrary.prepare(temporary);
    StoreIdFile note = new StoreIdFile(file);
    note.requireContent();
    StoreIdRow mark = vacuum(service, file, note, copy);
    SqliteDatabase copied = new SqliteDatabase(copy, PATIENCE);
    copied.created();
    try (Connection connection = copied.dataSource().getConnection()) {
      mark.write(copied, connection);
    } catch (SQLException e) {
      throw notWritten(copied, e);
    }
    requireWhole(copied, copy, "Try again, or write to another disk");
    force(copy);
    force(copy.toAbsolutePath().getParent());
  }

  private static StoreIdRow vacuum(String service, Path file, StoreIdFile note, Path copy)
      throws IOException, UnusableStorageException {
    SqliteDatabase database = new SqliteDatabase(file, PATIENCE);
    database.created();
    try (Connection connection = database.dataSource().getConnection()) {
      StoreIdentity identity = StoreIdentity.read(database, connection);
      String id = note.identify(identity.id(), identity.migrations().isPresent());
      Optional<String> notOwn = identity.whyNotInPlaceOf(service, StoreIdentity.UNKNOWN);
      if (notOwn.isPresent()) {
        throw new UnusableStorageException(
            "%s %s. Put the right file there, or restore a backup with bin/troupe data restore"
                .formatted(file, notOwn.get()));
      }
      copyTo(copy, connection);
      return new StoreIdRow(id, service);
    } catch (SQLException e) {
      throw new UnusableStorageException(database.explained(e), e);
    }
  }

  private static void copyTo(Path copy, Connection connection)
      throws SQLException, UnusableStorageException {
    try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, copy.toString());
      vacuum.execute();
    } catch (SQLException e) {
      // One statement reads a file and writes another: only this check tells which one failed.
      if (SqliteFailures.isOfWriting(e) || SqliteFailures.isOfOpening(e)) {
        throw notWritten(new SqliteDatabase(copy, PATIENCE), e);
      }
      throw e;
    }
  }

  private static UnusableStorageException notWritten(SqliteDatabase copy, SQLException e) {
    return new UnusableStorageException(
        "the copy was not written: %s, or write to another disk".formatted(copy.explained(e)), e);
  }

  /**
   * Reads all of {@code file}.
   *
   * @param wayOut what to do when it is damaged
   */
  static void requireWhole(SqliteDatabase database, Path file, String wayOut)
      throws UnusableStorageException {
    try {
      if (database.anyDamage().isPresent()) {
        throw new UnusableStorageException("%s is damaged. %s".formatted(file, wayOut));
      }
    } catch (SQLException e) {
      throw new UnusableStorageException(database.explained(e), e);
    }
  }

  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
