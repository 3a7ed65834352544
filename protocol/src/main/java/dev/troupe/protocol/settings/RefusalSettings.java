package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * How callers are told that they are refused.
 *
 * @param perSecond that are told at once, by each node
 * @param pause before the others are told, 1 ms to 2 s
 */
public record RefusalSettings(int perSecond, Duration pause) {
  // No client should have given up by then.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  static RefusalSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new RefusalSettings(
                s.integer("per-second", 0, 1_000_000),
                s.duration("pause", Limits.MILLISECOND, LONGEST_PAUSE)));
  }
}
