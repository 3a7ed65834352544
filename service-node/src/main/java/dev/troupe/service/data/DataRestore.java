package dev.troupe.service.data;

import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.service.storage.SqliteBackup;
import dev.troupe.service.storage.SqliteRestore;
import dev.troupe.service.storage.UnusableStorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the copies that {@link DataBackup} wrote in the place of the stores, once all of them lie
 * beside these and are found in order. Nobody may use the stores.
 */
final class DataRestore {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Settings settings;
  private final PrintStream progress;

  DataRestore(Settings settings, PrintStream progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * @param directory of the copies
   * @throws DataException when there is no copy for any service, or one is damaged or of another
   *     store; nothing was replaced
   */
  void from(Path directory) throws IOException, DataException {
    DataBackup.requireSqlite(settings, "pg_restore or psql");
    List<SqliteRestore> restores = restores(directory);
    try {
      for (SqliteRestore restore : restores) {
        restore.stage(DataBackup.temporary(settings));
      }
      swap(restores);
    } catch (UnusableStorageException e) {
      throw new DataException(e.getMessage() + ". Nothing was replaced");
    } finally {
      for (SqliteRestore restore : restores) {
        restore.close();
      }
    }
  }

  private List<SqliteRestore> restores(Path directory) throws DataException {
    List<SqliteRestore> restores = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (ServiceSettings service : settings.services()) {
      Path file = SqliteBackup.file(settings.storage().directory(), service.name());
      Path copy = directory.resolve(file.getFileName());
      if (Files.exists(copy)) {
        restores.add(new SqliteRestore(service.name(), copy, file));
      } else {
        without.add(
            "%s: there is no %s, and %s stays as it is".formatted(service.name(), copy, file));
      }
    }
    if (restores.isEmpty()) {
      throw new DataException(
          "%s holds no store of a service in the settings (expected: a directory that data backup wrote, with files like UserService.db). Nothing was replaced"
              .formatted(directory));
    }
    without.forEach(progress::println);
    return restores;
  }

  private void swap(List<SqliteRestore> restores) throws IOException {
    Path aside =
        settings
            .storage()
            .directory()
            .resolve("replaced-" + ZonedDateTime.now(ZoneId.systemDefault()).format(STAMP));
    for (SqliteRestore restore : restores) {
      boolean replaced = restore.swap(aside);
      progress.printf(
          "restored %s from %s%s%n",
          restore.file(), restore.copy(), replaced ? "; what was there before is in " + aside : "");
    }
  }
}
