package dev.troupe.service.data;

import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.service.storage.SqliteBackup;
import dev.troupe.service.storage.UnusableStorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Copies the SQLite files of all services into a directory while they are in use. */
final class DataBackup {
  private final Settings settings;
  private final PrintStream progress;

  DataBackup(Settings settings, PrintStream progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Writes a copy of each store to {@code directory}, which must not be there: all or nothing.
   *
   * @throws DataException when there is no store at all, or one cannot be copied: names its file
   */
  void to(Path directory) throws IOException, DataException {
    requireSqlite(settings, "pg_dump --schema=<service>");
    if (Files.exists(directory)) {
      throw new DataException(
          directory + " is there already (expected: the name of a new directory)");
    }
    deleteAbandoned(directory);
    Path partial = directory.resolveSibling(partialName(directory, ProcessHandle.current().pid()));
    Files.createDirectories(partial);
    try {
      int copied = 0;
      for (ServiceSettings service : settings.services()) {
        copied += copy(service.name(), partial) ? 1 : 0;
      }
      if (copied == 0) {
        throw new DataException(
            "no service of the settings has a store in %s: there is nothing to back up"
                .formatted(settings.storage().directory()));
      }
      Files.move(partial, directory);
      progress.printf("Backed up %d of %d services to %s%n", copied, count(), directory);
    } catch (UnusableStorageException e) {
      throw new DataException(e.getMessage() + ". No backup was made");
    } finally {
      delete(partial);
    }
  }

  private int count() {
    return settings.services().size();
  }

  private boolean copy(String service, Path into) throws IOException, UnusableStorageException {
    Path file = SqliteBackup.file(settings.storage().directory(), service);
    if (!SqliteBackup.isExpected(file)) {
      progress.printf("%s: there is no %s, nothing to copy%n", service, file);
      return false;
    }
    Path copy = into.resolve(file.getFileName());
    SqliteBackup.copy(service, file, copy, temporary(settings));
    progress.printf("%s: copied %s, %d bytes, verified%n", service, file, Files.size(copy));
    return true;
  }

  static void requireSqlite(Settings settings, String instead) throws DataException {
    if (settings.storage().server() != null) {
      throw new DataException(
          "the data is in PostgreSQL, which has tools of its own for that: use " + instead);
    }
  }

  static Path temporary(Settings settings) {
    return settings.run().resolve("tmp");
  }

  private static String partialName(Path directory, Object pid) {
    return "%s.%s.partial".formatted(directory.getFileName(), pid);
  }

  // A process that was killed has left half a backup behind, which takes room.
  private static void deleteAbandoned(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return;
    }
    Pattern name =
        Pattern.compile(
            Pattern.quote(directory.getFileName().toString()) + "\\.([0-9]{1,18})\\.partial");
    try (Stream<Path> all = Files.list(parent)) {
      for (Path sibling : all.toList()) {
        Matcher partial = name.matcher(sibling.getFileName().toString());
        if (partial.matches() && ProcessHandle.of(Long.parseLong(partial.group(1))).isEmpty()) {
          delete(sibling);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> copies;
    try (Stream<Path> files = Files.list(directory)) {
      copies = files.toList();
    }
    for (Path copy : copies) {
      Files.delete(copy);
    }
    Files.delete(directory);
  }
}
