package dev.troupe.service.storage;

import dev.troupe.service.background.BackgroundTables;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The schema that a service needs.
 *
 * @param migrations the class path folder its service names
 * @param folder the one in it for the engine, see {@link MigrationFiles#folderFor}
 */
record Schema(String migrations, String folder) {
  // Flyway costs more CPU time than the rest of a service's start.
  boolean isUpToDate(Database database, Connection connection) throws IOException, SQLException {
    Optional<SchemaMarker> note = SchemaMarker.read(database, connection);
    return MigrationFiles.fingerprint(folder) != MigrationFiles.UNKNOWN
        && note.equals(Optional.of(upToDate()));
  }

  // The layout of the store's own tables counts too: another version may have changed them.
  private SchemaMarker upToDate() throws IOException {
    return new SchemaMarker(
        migrations,
        MigrationFiles.fingerprint(folder)
            ^ (IdempotencyTable.LAYOUT + (BackgroundTables.LAYOUT << 8)));
  }

  // After the migrations, since Flyway refuses to begin in a database that has tables.
  void complete(Database database, Connection connection) throws IOException, SQLException {
    IdempotencyTable.create(database, connection);
    BackgroundTables.create(connection, database.numberedType());
    upToDate().write(connection);
  }
}
