package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * How fast refusals are answered.
 *
 * @param perSecond refusals that each node answers at once
 * @param pause before further refusals are answered, 1 ms to 2 s
 */
public record RefusalSettings(int perSecond, Duration pause) {
  // Clients wait for longer than this.
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
