package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * Which answers a service keeps to give them again under the same idempotency key.
 *
 * @param keep for how long, 1 s to 30 d
 * @param maxKeys how many, per service; the oldest are dropped first. While as many are younger
 *     than {@code minKeep}, requests with new keys are refused
 * @param maxKeysPerClient how many of one client; its own oldest are dropped first. While half of
 *     {@code maxKeys} are of one client and younger than {@code minKeep}, its new keys are refused
 * @param minKeep no answer is dropped before, whatever others send
 */
public record IdempotencySettings(
    Duration keep, int maxKeys, int maxKeysPerClient, Duration minKeep) {

  /** The most answers of one client that are younger than {@link #minKeep}. */
  public long maxFreshPerClient() {
    return Math.max(1, maxKeys / 2);
  }

  static IdempotencySettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new IdempotencySettings(
                s.duration("keep", Limits.SECOND, Limits.MONTH),
                s.integer("max-keys", 1, 10_000_000),
                s.integer("max-keys-per-client", 1, 10_000_000),
                s.duration("min-keep", Duration.ZERO, Limits.HOUR)));
  }
}
