package dev.troupe.service.engine;

import dev.troupe.protocol.settings.IdempotencySettings;
import dev.troupe.protocol.settings.ServerSettings;
import dev.troupe.protocol.settings.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a store may keep its data in. */
public enum Engine {
  SQLITE,
  POSTGRESQL;

  private static final Map<Path, String> DATABASES = new ConcurrentHashMap<>();
  private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();

  /** Makes a store, and leaves it. */
  @FunctionalInterface
  public interface Migration {
    void in(StorageSettings settings) throws Exception;
  }

  /** Of a store for {@code directory} alone: the same each time. */
  public StorageSettings settings(Path directory) {
    if (this == SQLITE) {
      return settings(directory, (ServerSettings) null);
    }
    return settings(
        directory,
        PostgresServer.settings(
            DATABASES.computeIfAbsent(directory, path -> PostgresServer.newDatabase())));
  }

  /** The same, of a store that may be there already: a server runs the migrations once. */
  public StorageSettings settings(Path directory, String service, Migration migration)
      throws Exception {
    if (this == POSTGRESQL && !DATABASES.containsKey(directory)) {
      synchronized (TEMPLATES) {
        if (!TEMPLATES.containsKey(service)) {
          String template = PostgresServer.newDatabase();
          migration.in(settings(directory, PostgresServer.settings(template)));
          TEMPLATES.put(service, template);
        }
        DATABASES.put(directory, PostgresServer.copyOf(TEMPLATES.get(service)));
      }
    }
    return settings(directory);
  }

  private static StorageSettings settings(Path directory, @Nullable ServerSettings server) {
    return new StorageSettings(
        directory,
        Duration.ofSeconds(5),
        2,
        10_000,
        64 << 20,
        new IdempotencySettings(Duration.ofHours(1), 10, 10, Duration.ZERO),
        server);
  }
}
