package dev.troupe.service.notification.channel;

/** Delivers a batch of notifications, one after the other. Used by one thread. */
@FunctionalInterface
public interface ChannelSession extends AutoCloseable {
  /** Tries once. May block, for a bounded time. */
  DeliveryResult deliver(OutgoingNotification notification);

  @Override
  default void close() {}
}
