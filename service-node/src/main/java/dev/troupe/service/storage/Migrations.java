package dev.troupe.service.storage;

import ch.qos.logback.classic.Level;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
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
   * @param where the store, for messages
   * @param folder of the class path
   * @param schema to work in, which must be there; null for an engine without schemas
   * @throws UnusableStorageException when the schema is newer than the migrations in {@code folder}
   * @throws FlywayException when a migration fails or has been changed since it was run
   */
  static void run(DataSource dataSource, String where, String folder, @Nullable String schema)
      throws UnusableStorageException {
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
    MigrationInfo[] all = flyway.info().all();
    Optional<MigrationInfo> newer =
        Arrays.stream(all).filter(info -> info.getState().name().startsWith("FUTURE")).findFirst();
    if (newer.isPresent()) {
      throw new UnusableStorageException(
          ("%s has a schema of version %s, which this service does not know (it knows up to %s): a"
                  + " newer version of the service wrote it. Run that version, or restore a backup"
                  + " from before it")
              .formatted(where, newer.get().getVersion(), newestKnown(all)));
    }
    MigrateResult result = flyway.migrate();
    if (result.migrationsExecuted > 0) {
      log.info("{} migrated to schema version {}", where, result.targetSchemaVersion);
    }
  }

  private static String newestKnown(MigrationInfo[] all) {
    return Arrays.stream(all)
        .filter(info -> !info.getState().name().startsWith("FUTURE"))
        .map(MigrationInfo::getVersion)
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
