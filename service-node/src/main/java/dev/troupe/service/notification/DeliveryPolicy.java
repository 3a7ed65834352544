package dev.troupe.service.notification;

import java.time.Duration;

/**
 * How deliveries are tried.
 *
 * @param batch how many are claimed at a time
 * @param claim how long nobody else tries what was claimed; a delivery must not take longer
 * @param look how often to look for what has become due
 * @param firstPause after the first failure; doubled after each further one
 * @param longestPause between two attempts
 * @param maxAttempts after which a notification has failed for good
 */
record DeliveryPolicy(
    int batch,
    Duration claim,
    Duration look,
    Duration firstPause,
    Duration longestPause,
    int maxAttempts) {
  static final DeliveryPolicy DEFAULT =
      new DeliveryPolicy(
          50,
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          10);

  /**
   * @param attempts so far, from 1
   */
  Duration pauseAfter(int attempts) {
    int doublings = Math.min(attempts - 1, 30);
    Duration pause = firstPause.multipliedBy(1L << doublings);
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
