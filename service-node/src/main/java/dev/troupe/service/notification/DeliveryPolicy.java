package dev.troupe.service.notification;

import dev.troupe.protocol.settings.Section;
import java.time.Duration;

/**
 * How deliveries are tried.
 *
 * @param batch how many are claimed at a time, 1 to 1000
 * @param gather how long to wait for more notifications once one is due
 * @param claim how long a claim excludes other instances; no attempt begins in its second half
 * @param look how often to look for notifications that have become due
 * @param firstPause after the first failure; doubled after each further one
 * @param longestPause between two attempts
 * @param jitter by how much a pause varies, as a share of it, 0 to 1
 * @param deadline from the acceptance; a notification that fails after it is dead
 */
record DeliveryPolicy(
    int batch,
    Duration gather,
    Duration claim,
    Duration look,
    Duration firstPause,
    Duration longestPause,
    double jitter,
    Duration deadline) {

  static DeliveryPolicy read(Section s) {
    Duration millisecond = Duration.ofMillis(1);
    Duration hour = Duration.ofHours(1);
    Duration firstPause = s.duration("first-pause", millisecond, hour);
    return new DeliveryPolicy(
        s.integer("batch", 1, 1000),
        s.duration("gather", Duration.ZERO, Duration.ofSeconds(10)),
        s.duration("claim", Duration.ofSeconds(1), hour),
        s.duration("look", millisecond, hour),
        firstPause,
        s.duration("longest-pause", firstPause, Duration.ofDays(1)),
        s.number("jitter", 0, 1),
        s.duration("deadline", Duration.ofSeconds(1), Duration.ofDays(30)));
  }

  /** The longest pause between two attempts. */
  Duration longestPauseWithJitter() {
    return pauseAfter(Integer.MAX_VALUE, 1);
  }

  /**
   * @param attempts so far, from 1
   * @param random from 0 to 1; 0.5 is no jitter
   */
  Duration pauseAfter(int attempts, double random) {
    int doublings = Math.min(attempts - 1, 30);
    Duration doubled = firstPause.multipliedBy(1L << doublings);
    Duration pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    return Duration.ofMillis(Math.round(pause.toMillis() * (1 + jitter * (2 * random - 1))));
  }
}
