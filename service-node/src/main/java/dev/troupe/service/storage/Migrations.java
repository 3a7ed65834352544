package dev.troupe.service.storage;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a schema up to date with Flyway. */
final class Migrations {
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  /**
   * Migrates the schema, or leaves it as it is if a newer version of the service has migrated it
   * compatibly.
   *
   * @param dataSource for Flyway
   * @param connection to the same store
   * @param where the store, for messages
   * @param folder of the class path
   * @param schema to work in, which must be there; null for an engine without schemas
   * @throws UnusableStorageException when the schema is newer than the migrations in {@code folder}
   *     and not compatible with them
   * @throws FlywayException when a migration fails or has been changed since it was run
   */
  static void run(
      DataSource dataSource,
      Database database,
      Connection connection,
      String where,
      String folder,
      @Nullable String schema)
      throws UnusableStorageException, SQLException, IOException {
    quieten();
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(dataSource)
            .locations("classpath:" + folder)
            .failOnMissingLocations(true)
            .cleanDisabled(true);
    if (schema != null) {
      configuration.schemas(schema).createSchemas(false);
    }
    Flyway flyway = configuration.load();
    KnownMigrations known = new KnownMigrations(folder);
    MigrationInfo[] all = flyway.info().all();
    List<MigrationInfo> newer = Arrays.stream(all).filter(Migrations::isNewer).toList();
    if (!newer.isEmpty()) {
      requireCompatible(newer, known.compatible(database, connection), where, newestKnown(all));
      log.info(
          "{} has a schema of version {}, which a newer version of this service wrote. It is"
              + " compatible with this version, which knows up to {}",
          where,
          newer.get(newer.size() - 1).getVersion(),
          newestKnown(all));
    }
    MigrateResult result = flyway.migrate();
    if (result.migrationsExecuted > 0) {
      log.info("{} migrated to schema version {}", where, result.targetSchemaVersion);
    }
    known.write(
        connection, Arrays.stream(flyway.info().applied()).filter(info -> !isNewer(info)).toList());
  }

  // A repeatable migration has no version: each version of the service runs its own.
  private static boolean isNewer(MigrationInfo info) {
    return info.getVersion() != null
        && (info.getState() == MigrationState.FUTURE_SUCCESS
            || info.getState() == MigrationState.FUTURE_FAILED);
  }

  private static void requireCompatible(
      List<MigrationInfo> newer, Set<String> compatible, String where, String newestKnown)
      throws UnusableStorageException {
    for (MigrationInfo migration : newer) {
      if (migration.getState() == MigrationState.FUTURE_FAILED
          || !compatible.contains(migration.getVersion().getVersion())) {
        throw new UnusableStorageException(
            ("%s has a schema of version %s, which this version of the service does not know (it"
                    + " knows up to %s) and cannot work with: migration %s is not compatible. Run a"
                    + " version of the service that knows it, or restore a backup from before it. If"
                    + " older versions do work with a migration, let its file begin with the line"
                    + " '-- compatible' before it is deployed")
                .formatted(
                    where,
                    newer.get(newer.size() - 1).getVersion(),
                    newestKnown,
                    migration.getScript()));
      }
    }
  }

  private static String newestKnown(MigrationInfo[] all) {
    return Arrays.stream(all)
        .filter(info -> !isNewer(info))
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(MigrationVersion::compareTo)
        .map(MigrationVersion::getVersion)
        .orElse("none");
  }

  // Flyway logs a page at each start; this class logs what matters.
  private static void quieten() {
    if (LoggerFactory.getLogger("org.flywaydb") instanceof ch.qos.logback.classic.Logger logger) {
      logger.setLevel(Level.WARN);
    }
  }
}
