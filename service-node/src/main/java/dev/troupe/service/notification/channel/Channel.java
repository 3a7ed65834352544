package dev.troupe.service.notification.channel;

/** A way for notifications to reach users. Thread-safe. */
@FunctionalInterface
public interface Channel {
  /** A session for a batch of notifications. Does not connect yet. */
  ChannelSession open();

  /** How many sessions may be open at a time. */
  default int parallel() {
    return 1;
  }
}
