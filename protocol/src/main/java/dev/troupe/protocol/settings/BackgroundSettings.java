package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * The events and the periodic jobs of services.
 *
 * @param lease one instance of a service does its background work; another takes over once it has
 *     not renewed its lease for this long
 * @param look how often to look for new events of another service
 * @param parallel how many events of one service are handled at a time
 * @param timeout for one attempt to handle an event
 * @param firstPause after the first failed attempt; doubled after each further one
 * @param longestPause between two attempts
 * @param deadline from the arrival of an event; one that fails after it is dead
 * @param maxEventBytes the largest event that may be published, as JSON
 * @param keep how long published events are kept for subscribers, and dead ones by theirs
 */
public record BackgroundSettings(
    Duration lease,
    Duration look,
    int parallel,
    Duration timeout,
    Duration firstPause,
    Duration longestPause,
    Duration deadline,
    int maxEventBytes,
    Duration keep) {

  /**
   * The pause before the next attempt.
   *
   * @param attempts so far, from 1
   */
  public Duration pauseAfter(int attempts) {
    Duration doubled = firstPause.multipliedBy(1L << Math.min(attempts - 1, 30));
    return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
  }

  static BackgroundSettings read(Section section) {
    return Section.finish(
        section,
        s -> {
          Duration firstPause = s.duration("first-pause", Limits.MILLISECOND, Limits.HOUR);
          return new BackgroundSettings(
              s.duration("lease", Limits.SECOND, Limits.HOUR),
              s.duration("look", Limits.MILLISECOND, Limits.HOUR),
              s.integer("parallel", 1, 1000),
              s.duration("timeout", Limits.SECOND, Limits.HOUR),
              firstPause,
              s.duration("longest-pause", firstPause, Limits.DAY),
              s.duration("deadline", Limits.SECOND, Limits.MONTH),
              (int) s.bytes("max-event-size", 1 << 10, Limits.MIB),
              s.duration("keep", Limits.SECOND, Duration.ofDays(3650)));
        });
  }
}
