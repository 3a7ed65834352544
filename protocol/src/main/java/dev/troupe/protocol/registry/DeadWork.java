package dev.troupe.protocol.registry;

/**
 * Work in the store of a service that was given up, and that only an operator can have done again.
 *
 * @param queue the channel of notifications, or the source of events
 * @param count how much of it there is, 1 at least
 */
public record DeadWork(Kind kind, String queue, int count) {
  /** What was given up. */
  public enum Kind {
    /** Events of another service. */
    EVENT,
    /** Notifications that were not delivered. */
    NOTIFICATION
  }
}
