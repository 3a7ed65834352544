package dev.troupe.service.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Copies the SQLite file of a service while it is in use, and puts a copy in its place. */
public final class SqliteBackup {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private SqliteBackup() {}

  /** Where the data of a service is. */
  public static Path file(Path directory, String service) {
    return SqliteStorage.file(directory, service);
  }

  /**
   * Writes what {@code file} holds at one moment to {@code copy}, and verifies that. Writers go on
   * meanwhile.
   *
   * @param temporary a directory of the home for what may be lost
   */
  public static void copy(Path file, Path copy, Path temporary)
      throws IOException, SQLException, UnusableStorageException {
    NativeLibrary.prepare(temporary);
    SqliteDatabase database = new SqliteDatabase(file, PATIENCE);
    database.created();
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, copy.toString());
      vacuum.execute();
    }
    force(copy);
    verify(copy, temporary);
  }

  /**
   * Reads all of a copy.
   *
   * @throws UnusableStorageException when it is damaged, or no store of a service
   */
  public static void verify(Path copy, Path temporary)
      throws IOException, SQLException, UnusableStorageException {
    NativeLibrary.prepare(temporary);
    SqliteDatabase database = new SqliteDatabase(copy, PATIENCE);
    database.created();
    Optional<String> damage = database.damage();
    if (damage.isPresent()) {
      throw new UnusableStorageException(copy + " is damaged: use another backup");
    }
    try (Connection connection = database.dataSource().getConnection()) {
      if (SchemaNote.read(database, connection).isEmpty()) {
        throw new UnusableStorageException(copy + " is not the store of a service");
      }
    }
  }

  /**
   * Puts {@code copy} in the place of {@code file}, which nobody uses. A process that dies
   * meanwhile leaves no file there, so that no empty store is opened by mistake.
   *
   * @param aside the directory for what was there
   */
  public static void restore(Path copy, Path file, Path aside)
      throws IOException, SQLException, UnusableStorageException {
    Path arriving = file.resolveSibling(file.getFileName() + ".restoring");
    Files.createDirectories(file.getParent());
    Files.copy(copy, arriving, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(Path.of(arriving + "-wal"));
    Files.deleteIfExists(Path.of(arriving + "-shm"));
    String id = idOf(arriving);
    force(arriving);
    Files.createDirectories(aside);
    // The note stays until the end: without the file it keeps the service from starting empty.
    StoreNote note = new StoreNote(file);
    if (note.read().isEmpty()) {
      note.write(id);
    }
    Files.copy(
        StoreNote.file(file),
        aside.resolve(StoreNote.file(file).getFileName()),
        StandardCopyOption.REPLACE_EXISTING);
    // The log belongs to the file: beside another one its old content would win.
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      Path old = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(old)) {
        Files.move(old, aside.resolve(old.getFileName()));
      }
    }
    note.write(id);
    Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
    force(file.getParent());
  }

  private static String idOf(Path copy) throws IOException, SQLException, UnusableStorageException {
    SqliteDatabase database = new SqliteDatabase(copy, PATIENCE);
    try (Connection connection = database.dataSource().getConnection()) {
      Optional<String> id = StoreMark.read(database, connection);
      if (id.isEmpty()) {
        String given = UUID.randomUUID().toString();
        StoreMark.write(database, connection, given);
        return given;
      }
      return id.get();
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
