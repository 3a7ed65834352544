package dev.troupe.service.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts a copy in the place of the SQLite file of one service, in two steps: {@link #stage} may fail
 * and changes nothing, {@link #swap} only renames. Whoever stages {@link #close closes}.
 */
public final class SqliteRestore implements AutoCloseable {
  private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

  private final String service;
  private final Path copy;
  private final Path file;
  private final Path staged;
  private final StoreIdFile note;
  private String id = "";

  /**
   * @param service whose store it is
   * @param copy what {@link SqliteBackup} wrote
   * @param file of the service
   */
  public SqliteRestore(String service, Path copy, Path file) {
    this.service = service;
    this.copy = copy;
    this.file = file;
    this.staged = file.resolveSibling(file.getFileName() + ".restoring");
    this.note = new StoreIdFile(file);
  }

  public Path file() {
    return file;
  }

  public Path copy() {
    return copy;
  }

  /**
   * Copies the copy beside the file, and makes sure that it is whole and of the same store.
   *
   * @param temporary a directory of the home for what may be lost
   * @throws UnusableStorageException when it is not, or somebody uses the file: what it is, what
   *     was expected and what to do
   */
  public void stage(Path temporary) throws IOException, UnusableStorageException {
    NativeLibrary.prepare(temporary);
    requireUnused();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      close();
      Files.copy(copy, staged);
    } catch (IOException e) {
      throw new UnusableStorageException(
          "%s cannot be copied to %s: %s. Make room or mend the permissions there"
              .formatted(copy, staged, e),
          e);
    }
    SqliteDatabase database = new SqliteDatabase(staged, SqliteBackup.PATIENCE);
    database.created();
    SqliteBackup.requireWhole(database, copy, "Use another backup");
    try (Connection connection = database.dataSource().getConnection()) {
      StoreIdentity identity = StoreIdentity.read(database, connection);
      requireSameStore(identity);
      id = identity.id().orElseGet(() -> UUID.randomUUID().toString());
      new StoreIdRow(id, service).write(database, connection);
    } catch (SQLException e) {
      throw new UnusableStorageException(database.explained(e), e);
    }
    SqliteBackup.force(staged);
  }

  private void requireUnused() throws UnusableStorageException {
    FileLockHolders holders = FileLockHolders.of(file);
    if (!holders.all().isEmpty()) {
      throw new UnusableStorageException(
          "%s is in use by %s. End that first".formatted(file, holders.text()));
    }
  }

  private void requireSameStore(StoreIdentity identity)
      throws IOException, UnusableStorageException {
    Optional<String> why = identity.whyNotInPlaceOf(service, present());
    if (why.isPresent()) {
      throw new UnusableStorageException(
          ("%s %s. Use a directory that data backup wrote for this home. If the store of %s is to"
                  + " be begun anew from this file, move %s, its -wal and -shm, and %s away first")
              .formatted(copy, why.get(), service, file, StoreIdFile.file(file).getFileName()));
    }
  }

  private StoreIdentity present() throws IOException {
    Optional<String> noted = note.read();
    if (!Files.exists(file)) {
      return StoreIdentity.UNKNOWN.noted(noted);
    }
    SqliteDatabase database = new SqliteDatabase(file, SqliteBackup.PATIENCE);
    // It is kept as it is: opened otherwise, its log would be worked into it.
    String untouched = "jdbc:sqlite:" + file.toUri() + "?immutable=1";
    try (Connection connection = DriverManager.getConnection(untouched)) {
      StoreIdentity found = StoreIdentity.read(database, connection);
      boolean foreign = noted.isPresent() && found.id().isPresent() && !found.id().equals(noted);
      return (foreign ? StoreIdentity.UNKNOWN : found).noted(noted);
    } catch (SQLException damaged) {
      // That is what a backup is restored for: the note still says which store it was.
      return StoreIdentity.UNKNOWN.noted(noted);
    }
  }

  /**
   * Puts the staged copy in the place of the file, which nobody uses. A process that dies meanwhile
   * leaves the note without a file, so that no empty store is opened by mistake; to restore again
   * mends it.
   *
   * @param aside the directory for what was there
   * @return whether anything was there
   */
  public boolean swap(Path aside) throws IOException {
    boolean replaced = Files.exists(file);
    // The note stays until the end: without the file it keeps the service from starting empty.
    if (note.read().isEmpty()) {
      note.write(id);
    } else if (replaced) {
      Files.createDirectories(aside);
      Path kept = aside.resolve(StoreIdFile.file(file).getFileName());
      Files.copy(StoreIdFile.file(file), kept, StandardCopyOption.REPLACE_EXISTING);
    }
    // The log belongs to the file: beside another one its old content would win.
    for (String suffix : SUFFIXES) {
      Path old = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(old)) {
        Files.createDirectories(aside);
        Files.move(old, aside.resolve(old.getFileName()));
      }
    }
    note.write(id);
    Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
    SqliteBackup.force(file.toAbsolutePath().getParent());
    return replaced;
  }

  /** Deletes what was staged and not swapped. */
  @Override
  public void close() {
    for (String suffix : SUFFIXES) {
      try {
        Files.deleteIfExists(staged.resolveSibling(staged.getFileName() + suffix));
      } catch (IOException onlyTakesRoom) {
        // It is replaced when it is in the way.
      }
    }
  }
}
