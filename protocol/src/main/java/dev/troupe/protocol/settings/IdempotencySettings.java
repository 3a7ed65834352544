package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * Which answers a service keeps to give them again under the same idempotency key.
 *
 * @param keep for how long, 1 s to 30 d
 * @param maxKeys how many, per service; the oldest are dropped first
 */
public record IdempotencySettings(Duration keep, int maxKeys) {
  static IdempotencySettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new IdempotencySettings(
                s.duration("keep", Limits.SECOND, Limits.MONTH),
                s.integer("max-keys", 1, 10_000_000)));
  }
}
