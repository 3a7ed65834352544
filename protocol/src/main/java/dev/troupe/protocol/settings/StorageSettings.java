package dev.troupe.protocol.settings;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where services keep their data.
 *
 * @param directory absolute; one SQLite file per service in it
 * @param busyTimeout how long a write waits for another process's
 * @param readers connections for reading, per process, 1 to 64
 * @param maxQueued reads that may wait, and as many writes, per process; more are refused
 * @param idempotency which answers are kept to be given again
 */
public record StorageSettings(
    Path directory,
    Duration busyTimeout,
    int readers,
    int maxQueued,
    IdempotencySettings idempotency) {
  static StorageSettings read(Path home, Section section) {
    return Section.finish(
        section,
        s ->
            new StorageSettings(
                home.resolve(s.path("directory")).normalize(),
                s.duration("busy-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.integer("readers", 1, 64),
                s.integer("max-queued", 1, 1_000_000),
                IdempotencySettings.read(s.section("idempotency"))));
  }
}
