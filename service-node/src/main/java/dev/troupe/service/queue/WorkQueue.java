package dev.troupe.service.queue;

import dev.troupe.protocol.registry.DeadWork;
import dev.troupe.protocol.service.Storage;

/**
 * Work that waits in the store of a service and is done in the background.
 *
 * @param name of the source or the channel
 * @param look reads the store, and writes nothing
 */
public record WorkQueue(Kind kind, String name, Storage.Work<QueueLength> look) {
  /** What waits. */
  public enum Kind {
    /** Events of another service, that this one has not handled. */
    OUTBOX(
        "outbox", "source", "Events that the service has got and not handled", DeadWork.Kind.EVENT),
    /** Notifications that are not delivered. */
    DELIVERY(
        "delivery", "channel", "Notifications that are not delivered", DeadWork.Kind.NOTIFICATION);

    private final String family;
    private final String label;
    private final String waiting;
    private final DeadWork.Kind dead;

    Kind(String family, String label, String waiting, DeadWork.Kind dead) {
      this.family = family;
      this.label = label;
      this.waiting = waiting;
      this.dead = dead;
    }

    /** The name of a metric. */
    String metric(String figure) {
      return "troupe_" + family + "_" + figure;
    }

    /** What it is once it was given up. */
    DeadWork.Kind dead() {
      return dead;
    }

    /** The label of metrics that holds the name of the queue. */
    String label() {
      return label;
    }

    /** What waits, as the begin of a sentence. */
    String waiting() {
      return waiting;
    }
  }
}
