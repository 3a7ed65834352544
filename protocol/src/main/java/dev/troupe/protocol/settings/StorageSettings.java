package dev.troupe.protocol.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where services keep their data.
 *
 * @param directory absolute; one SQLite file per service in it, unless there is a server
 * @param busyTimeout how long a write waits for another process's
 * @param readers connections for reading, per process, 1 to 64
 * @param maxQueued reads that may wait, and as many writes, per process; more are refused
 * @param quickCheck the size in bytes up to which a SQLite file is verified after it was opened
 * @param idempotency which answers are kept to be given again
 * @param server the database server that keeps the data instead, if there is one
 */
public record StorageSettings(
    Path directory,
    Duration busyTimeout,
    int readers,
    int maxQueued,
    long quickCheck,
    IdempotencySettings idempotency,
    @Nullable ServerSettings server) {
  /** Without a server. */
  public StorageSettings(
      Path directory,
      Duration busyTimeout,
      int readers,
      int maxQueued,
      long quickCheck,
      IdempotencySettings idempotency) {
    this(directory, busyTimeout, readers, maxQueued, quickCheck, idempotency, null);
  }

  static StorageSettings read(Path home, Section section) {
    return Section.finish(
        section,
        s ->
            new StorageSettings(
                home.resolve(s.path("directory")).normalize(),
                s.duration("busy-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.integer("readers", 1, 64),
                s.integer("max-queued", 1, 1_000_000),
                s.bytes("quick-check", 0, 1024 * Limits.GIB),
                IdempotencySettings.read(s.section("idempotency")),
                ServerSettings.read(s)));
  }
}
