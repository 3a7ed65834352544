package dev.troupe.service.storage;

import dev.troupe.protocol.settings.ServerSettings;
import dev.troupe.protocol.settings.StorageSettings;
import java.nio.file.Path;

/** Opens the store of a service in the engine that the settings name. */
public final class ServiceStorage {
  private ServiceStorage() {}

  /**
   * Opens the store and migrates its schema. Several processes may do so at the same time. Blocks.
   *
   * @param migrations class path folder of the Flyway migrations
   * @param temporary a directory of the home for what may be lost
   * @throws UnusableStorageException when the store cannot be opened and a retry would not help
   */
  public static QueuedStorage open(
      String service, StorageSettings settings, String migrations, Path temporary)
      throws UnusableStorageException {
    ServerSettings server = settings.server();
    return server == null
        ? SqliteStorage.open(service, settings, migrations, temporary)
        : PostgresStorage.open(service, settings, server, migrations);
  }
}
