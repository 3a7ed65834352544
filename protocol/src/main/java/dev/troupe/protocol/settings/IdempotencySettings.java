package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * Which answers a service keeps to give them again under the same idempotency key.
 *
 * @param keep for how long, 1 s to 30 d
 * @param maxKeys how many, per service; the oldest are dropped first
 * @param minKeep no answer is dropped before, whatever others send; while ten times as many as
 *     {@code maxKeys} are younger, requests with new keys are refused
 */
public record IdempotencySettings(Duration keep, int maxKeys, Duration minKeep) {
  private static final int FRESH_FACTOR = 10;

  /** The most answers younger than {@link #minKeep}. */
  public long maxFresh() {
    return (long) maxKeys * FRESH_FACTOR;
  }

  static IdempotencySettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new IdempotencySettings(
                s.duration("keep", Limits.SECOND, Limits.MONTH),
                s.integer("max-keys", 1, 10_000_000),
                s.duration("min-keep", Duration.ZERO, Limits.HOUR)));
  }
}
