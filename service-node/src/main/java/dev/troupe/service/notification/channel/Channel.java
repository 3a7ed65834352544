package dev.troupe.service.notification.channel;

/** A way for notifications to reach users. Thread-safe. */
@FunctionalInterface
public interface Channel {
  /** A courier for a row of deliveries. Does not connect yet. */
  Courier open();

  /** How many couriers may be out at a time. */
  default int parallel() {
    return 1;
  }

  /** Makes a row of deliveries, one after the other. Used by one thread. */
  @FunctionalInterface
  interface Courier extends AutoCloseable {
    /** Tries once. May block, for a bounded time. */
    Result deliver(Delivery delivery);

    @Override
    default void close() {}
  }
}
