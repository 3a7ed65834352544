package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * How a process is stopped.
 *
 * @param drainTimeout how long it may finish what it took before TERM
 * @param grace between TERM and KILL
 */
public record StopSettings(Duration drainTimeout, Duration grace) {
  static StopSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new StopSettings(
                s.duration("drain-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.duration("grace", Limits.MILLISECOND, Limits.HOUR)));
  }
}
