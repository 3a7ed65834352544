package dev.troupe.service.notification;

/** A way for notifications to reach users. */
@FunctionalInterface
interface Channel {
  /**
   * Delivers it. May block.
   *
   * @throws Exception when it was not delivered, with the reason as message
   */
  void deliver(Notification notification) throws Exception;
}
