package dev.troupe.service.storage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a service's schema should be.
 *
 * @param migrations the class path folder its service names
 * @param folder the one in it for the engine, see {@link MigrationFiles#folderFor}
 */
record Schema(String migrations, String folder) {
  // To load and run Flyway costs more CPU than all the rest of a service's start.
  boolean isUpToDate(Database database, Connection connection) throws IOException, SQLException {
    Optional<SchemaMarker> note = SchemaMarker.read(database, connection);
    return MigrationFiles.fingerprint(folder) != MigrationFiles.UNKNOWN
        && note.equals(Optional.of(upToDate()));
  }

  // Of the store's own tables too, which another version may have changed.
  private SchemaMarker upToDate() throws IOException {
    return new SchemaMarker(
        migrations, MigrationFiles.fingerprint(folder) ^ IdempotencyTable.LAYOUT);
  }

  // After the migrations: Flyway begins with no database that has a table already.
  void complete(Database database, Connection connection) throws IOException, SQLException {
    IdempotencyTable.create(database, connection);
    upToDate().write(connection);
  }
}
