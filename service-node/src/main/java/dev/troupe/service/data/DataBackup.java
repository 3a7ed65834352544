package dev.troupe.service.data;

import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.service.storage.SqliteBackup;
import dev.troupe.service.storage.UnusableStorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Copies the SQLite files of all services into a directory while they are in use, and puts such
 * copies back while the cluster is down.
 */
final class DataBackup {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Settings settings;
  private final PrintStream progress;

  DataBackup(Settings settings, PrintStream progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** Writes a copy of each store to {@code directory}, which must not be there: all or nothing. */
  void to(Path directory)
      throws IOException, SQLException, UnusableStorageException, DataException {
    requireSqlite("pg_dump --schema=<service>");
    if (Files.exists(directory)) {
      throw new DataException(
          directory + " is there already (expected: the name of a new directory)");
    }
    Path partial =
        directory.resolveSibling(
            "%s.%d.partial".formatted(directory.getFileName(), ProcessHandle.current().pid()));
    Files.createDirectories(partial);
    try {
      for (ServiceSettings service : settings.services()) {
        Path file = SqliteBackup.file(settings.storage().directory(), service.name());
        if (!Files.exists(file)) {
          progress.println(service.name() + ": no data");
          continue;
        }
        Path copy = partial.resolve(file.getFileName());
        SqliteBackup.copy(file, copy, temporary());
        progress.printf("%s: %d bytes, verified%n", service.name(), Files.size(copy));
      }
      Files.move(partial, directory);
    } finally {
      delete(partial);
    }
  }

  /**
   * Puts the copies in {@code directory} in the place of the stores, once all are verified; what
   * was there is kept in a directory beside.
   */
  void from(Path directory)
      throws IOException, SQLException, UnusableStorageException, DataException {
    requireSqlite("pg_restore or psql");
    Map<Path, Path> copies = new LinkedHashMap<>();
    for (ServiceSettings service : settings.services()) {
      Path file = SqliteBackup.file(settings.storage().directory(), service.name());
      Path copy = directory.resolve(file.getFileName());
      if (Files.exists(copy)) {
        SqliteBackup.verify(copy, temporary());
        copies.put(copy, file);
      }
    }
    if (copies.isEmpty()) {
      throw new DataException(
          "%s holds no store of a service in the settings (expected: files like UserService.db that data backup wrote)"
              .formatted(directory));
    }
    Path aside =
        settings
            .storage()
            .directory()
            .resolve("replaced-" + ZonedDateTime.now(ZoneId.systemDefault()).format(STAMP));
    for (Map.Entry<Path, Path> copy : copies.entrySet()) {
      SqliteBackup.restore(copy.getKey(), copy.getValue(), aside);
      progress.println("restored " + copy.getValue());
    }
    progress.println("What was there before is in " + aside);
  }

  private void requireSqlite(String instead) throws DataException {
    if (settings.storage().server() != null) {
      throw new DataException(
          "the data is in PostgreSQL, which has tools of its own for that: use " + instead);
    }
  }

  private Path temporary() {
    return settings.run().resolve("tmp");
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
